## Mailings: composing, previewing, sending

mailing-made-up-name = a member
