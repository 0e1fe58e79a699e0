## A consultation's public page

public-letter = Letter from your branch
public-part = How to take part
public-step-mail = Open the mail from your branch. It holds your own link. There is no account and no password.
public-step-read = Read the draft, and comment on the parts that touch your work. One tap is already an answer.
public-step-until = Finish by { $deadline }. Until then you can change what you said.
public-closed = Comments have closed. Members can still open their own link to read the draft and what they said.
public-again = Ask for your link again
public-contact = No mail and no code? Ask
public-join = The union asks its members. You can join today.

## The poster

poster-title = { $title }: poster
poster-print = Print this page on A4 paper. It holds nothing but what everybody may know.
poster-back = The public page
poster-lead = Members: say what you think
poster-step-mail = Look for the mail from your branch. It holds your own link.
poster-step-lost = No mail? Scan this code or type the address. Ask there for your link again, or ask to take part.
poster-step-answer = Read the draft and comment. Two minutes are enough.
poster-code = QR code of the address { $address }
poster-contact = Questions? Ask
poster-join = Not a member yet? Join:

## What may be passed on

share-title = { $title }: share
share-what = This address is for everybody. Personal links are not: each opens one member’s own answer.
share-address = The public address
share-found-by_link = It stands in no list. Only people who have the address find it.
share-found-listed = It stands on the front page of this site. Search engines are asked to leave it out.
share-found-indexed = It stands on the front page of this site, and search engines may list it.
share-copy = A text to copy
share-copy-hint = For your chat groups and newsletters.
share-message =
    { $title }

    Our union wants to hear from all members before it decides. Comments close: { $deadline }.

    You have a mail with your own link. Can’t find it? Ask for it again here:
    { $address }

    Not on the list? Ask there to take part.
share-message-join =
    Not a member yet? Join here:
    { $address }
share-poster = A poster
share-poster-how = An A4 sheet for the notice board, with a QR code of the public address.
share-poster-do = Open the poster
