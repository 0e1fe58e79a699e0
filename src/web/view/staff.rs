//! Signing in, and the accounts of staff.

use serde::Serialize;

use super::Page;

/// `desk/sign_in.html`: address and password.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SignInPage {
    pub page: Page,
    pub action_url: String,
    /// The page of the desks that she asked for.
    pub to: String,
    pub email: String,
}

/// `desk/staff_link.html`: a one-time link, before anything is pressed.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StaffLinkPage {
    pub page: Page,
    pub name: String,
    pub email: String,
    pub action_url: String,
    pub sign_in_url: String,
    /// `choose` (a first password), `press`, or `used` for a link that is not in use.
    pub kind: &'static str,
}

/// `desk/account.html`: one's own account.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AccountPage {
    pub page: Page,
    pub name: String,
    pub email: String,
    pub roles: Vec<&'static str>,
    /// Whether the old password must be typed to choose a new one.
    pub asks_old: bool,
    pub action_url: String,
    /// Takes a POST.
    pub everywhere_url: String,
}

/// `desk/accounts.html`: everybody's accounts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AccountsPage {
    pub page: Page,
    pub accounts: Vec<AccountLine>,
    pub action_url: String,
    pub tokens_url: String,
    pub name: String,
    pub email: String,
    pub roles: Vec<RoleChoice>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct AccountLine {
    pub name: String,
    pub email: String,
    pub roles: Vec<&'static str>,
    /// `waiting`, `in_use` or `disabled`.
    pub state: &'static str,
    pub url: String,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct RoleChoice {
    pub role: &'static str,
    pub checked: bool,
}

/// `desk/account_of.html`: one account, for an administrator.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AccountOfPage {
    pub page: Page,
    pub name: String,
    pub email: String,
    /// As in `AccountLine`.
    pub state: &'static str,
    pub roles: Vec<RoleChoice>,
    pub action_url: String,
    /// Takes a POST; none for a disabled account.
    pub link_url: Option<String>,
    /// None where it cannot be done.
    pub disable_url: Option<String>,
    pub enable_url: Option<String>,
    pub back_url: String,
}

/// `desk/account_check.html`: what disabling or enabling does.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AccountCheckPage {
    pub page: Page,
    /// `disable` or `enable`.
    pub kind: &'static str,
    pub name: String,
    /// Other accounts in use afterwards, and how many of them administer.
    pub others: usize,
    pub administrators: usize,
    /// `last-admin` or `own-account` where it cannot be done.
    pub hindrance: Option<&'static str>,
    pub action_url: String,
    pub back_url: String,
}

/// `desk/shown_once.html`: a one-time link, or a token.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShownOncePage {
    pub page: Page,
    /// `link` or `token`.
    pub kind: &'static str,
    pub name: String,
    pub secret: String,
    pub back_url: String,
}

/// `desk/tokens.html`: what programs sign in with.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TokensPage {
    pub page: Page,
    pub tokens: Vec<TokenLine>,
    pub action_url: String,
    pub back_url: String,
    pub name: String,
    pub roles: Vec<RoleChoice>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct TokenLine {
    pub name: String,
    pub roles: Vec<&'static str>,
    pub made_words: String,
    /// None when it was revoked.
    pub revoke_url: Option<String>,
}

/// `desk/token_check.html`: what revoking does.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TokenCheckPage {
    pub page: Page,
    pub name: String,
    pub roles: Vec<&'static str>,
    pub made_words: String,
    pub action_url: String,
    pub back_url: String,
}
