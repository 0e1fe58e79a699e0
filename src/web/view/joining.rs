//! People who are not on the list: asking, confirming, answering.

use serde::Serialize;

use super::{Deadline, GroupTeam, Page};

/// `member/join.html`: asking to take part.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JoinPage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    pub public_url: String,
    pub lost_url: String,
    pub action_url: String,
    pub name: String,
    pub email: String,
    pub teams: Vec<GroupTeam>,
    /// `yes`, `no` or empty.
    pub says_member: String,
    pub membership_number: String,
    pub join_url: Option<String>,
}

/// `member/join_sent.html`: the same for every address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JoinSentPage {
    pub page: Page,
    pub title: String,
    pub public_url: String,
    pub ask_url: String,
}

/// `member/join_confirm.html`: behind the link in the mail.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JoinConfirmPage {
    pub page: Page,
    pub title: String,
    pub public_url: String,
    pub action_url: String,
    pub done: bool,
}

/// Somebody who asks.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JoinRow {
    pub url: String,
    pub name: String,
    /// For organisers.
    pub email: Option<String>,
    pub team: String,
    pub says_member: bool,
    pub membership_number: String,
    pub at_work: bool,
    pub date_words: String,
}

/// `joining/list.html`: who waits for an answer; for organisers, or for the rep of a team.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JoiningList {
    pub page: Page,
    pub rows: Vec<JoinRow>,
    pub at_desk: bool,
    pub open: bool,
    pub back_url: String,
    /// Where people ask, in full.
    pub ask_address: String,
    pub settings_url: Option<String>,
    /// Colleagues who are not members so far; none where nobody was let in as such.
    pub colleagues: Option<usize>,
}

/// `joining/one.html`: one request and the answers to it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JoiningOne {
    pub page: Page,
    pub row: JoinRow,
    /// The label she would stand under as a member.
    pub label: String,
    pub colleagues: usize,
    pub action_url: String,
    pub back_url: String,
}
