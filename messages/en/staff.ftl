## Signing in, and the accounts of staff

nav-account = Your account:
nav-accounts = Accounts

sign-in-title = Sign in
sign-in-email = Your mail address
sign-in-password = Password
sign-in-do = Sign in
sign-in-forgotten = Forgotten your password? Ask an administrator for a new link. It lets you choose another.
sign-in-wait-seconds = { $count ->
    [one] Too many tries. Wait 1 second, then try again. A new one-time link works at once.
   *[other] Too many tries. Wait { $count } seconds, then try again. A new one-time link works at once.
}
sign-in-wait-minutes = { $count ->
    [one] Too many tries. Wait 1 minute, then try again. A new one-time link works at once.
   *[other] Too many tries. Wait { $count } minutes, then try again. A new one-time link works at once.
}
problem-sign-in-wrong = The address or the password is wrong. Check both and try again.
problem-password-missing = Type a password.
problem-password-too-short = Use at least 12 characters. Three or four words will do.
problem-password-too-long = Use at most 200 characters.
problem-password-about-you = Leave out your name, your address and the name of this program.
problem-password-common = This is easy to guess. Use three or four words that do not belong together.
problem-old_password-missing = Type the password that you have now.
problem-old_password-wrong = This is not the password that you have now. Check it and type it again.

fault-signed-out = You were away for a while
fault-do-signed-out = Nothing was saved by this. Copy what you typed, then try again. You may have to sign in first.

staff-link-title = Your account
staff-link-as = This link signs you in as { $name }. It works once.
staff-link-do = Sign in
staff-link-choose = Sign in and choose a new password
staff-link-used-title = This link does not work
staff-link-used = It was used already, or it is too old. If you have a password, sign in with it. If not, ask an administrator for a new link.
staff-link-sign-in = Sign in with your password
set-up-title = Set up your account
set-up-welcome = { $name }, choose a password. From now on you sign in with it and your address.
set-up-do = Save and sign in
password-new = New password
password-hint = At least 12 characters. Three or four words that do not belong together are easy to keep in mind and hard to guess.

account-title = Your account
account-roles = Roles
account-password = Choose a new password
account-password-what = Every other browser is signed out by this.
account-password-by-link = You came by a one-time link, so you need not type the old password.
account-old-password = The password that you have now
account-password-do = Save the new password
account-everywhere = Sign out everywhere
account-everywhere-what = Signs you out in every browser, this one too. Do this when you have left a computer without signing out, or when a device is lost.
account-done-password = Your new password is saved. Every other browser is signed out.

accounts-title = Accounts
accounts-roles = Roles
accounts-state = State
standing-waiting = waiting for set-up
standing-in_use = in use
standing-disabled = disabled
role-organiser = organiser
role-negotiator = negotiator
role-admin = administrator
role-organiser-line = Prepares consultations, writes to members, sees how teams are doing.
role-negotiator-line = Reads and exports what members said.
role-admin-line = Looks after accounts, and may do what an organiser may.
roles-legend = Roles
roles-hint = Choose one or more.
accounts-add = Add an account
accounts-add-what = You get a one-time link to hand on. With it your colleague chooses a password.
accounts-add-do = Add and show the link
accounts-tokens = Tokens for programs
accounts-done-roles = The roles are changed. The account’s sessions have ended.
accounts-done-disabled = The account is disabled.
accounts-done-enabled = The account is enabled.
problem-name-missing = Type a name.
problem-no-role = Choose at least one role.
problem-email-account-exists = There is an account with this address already. Make a new link for it instead.
problem-role-last-admin = Nobody else is an administrator. Give this role to another account that is in use first.

account-of-roles = Change roles
account-of-roles-what = It takes effect at once. All sessions of this account end.
account-of-roles-do = Save the roles
account-of-link = New one-time link
account-of-link-what = For a colleague who has forgotten her password, or has not set up her account. It is good for three days and works once. An earlier link stops working.
account-of-link-do = Make a new link
account-of-disable = Disable this account
account-of-enable = Enable this account
account-disable-title = Disable the account of { $name }?
account-disable-what = { $name } is signed out everywhere at once and cannot sign in, by password or by link. Nothing that was done from the account is lost. You can enable it again.
account-disable-do = Disable the account
account-enable-title = Enable the account of { $name }?
account-enable-what = { $name } can sign in again, with the password of before or a new link.
account-enable-do = Enable the account
account-check-others = { $count ->
    [0] No other account is in use.
    [one] 1 other account is in use.
   *[other] { $count } other accounts are in use.
}
account-check-administrators = { $count ->
    [0] None of them is an administrator.
    [one] 1 of them is an administrator.
   *[other] { $count } of them are administrators.
}
account-hindrance-own-account = This is your own account. Ask another administrator to disable it.
account-hindrance-last-admin = This account cannot be disabled: nobody else is an administrator. Give this role to another account that is in use first.

shown-link-title = One-time link for { $name }
shown-link-label = The link
shown-link-what = Copy it now: it is shown only once. Send it to { $name }, and to nobody else: whoever opens it first has the account. It is good for three days and works once.
shown-token-title = Token { $name }
shown-token-label = The token
shown-token-what = Copy it now: it is shown only once. Keep it as you keep a password. Programs send it with each call, as “Authorization: Bearer”.

tokens-title = Tokens for programs
tokens-what = A program that uses the JSON API signs in with a token. It may do what its roles may.
tokens-name = Name
tokens-roles = Roles
tokens-made = Made
tokens-go = Revoke
tokens-revoke = Revoke
tokens-revoked = revoked
tokens-none = There is no token.
tokens-add = Make a token
tokens-add-name = What it is for
tokens-add-do = Make and show the token
tokens-done-revoked = The token is revoked.
token-check-title = Revoke the token { $name }?
token-check-what = The program that uses it is shut out at once. This cannot be undone; you can make another token.
token-check-do = Revoke the token
