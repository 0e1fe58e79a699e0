//! Failures at the boundary: each becomes a page, or a problem document (RFC 9457) under `/api`.
//!
//! A handler returns a [`Failure`]; `around` renders it, and logs it there, once, if it is a fault.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde_json::json;

use crate::ids::Id;
use crate::refusal::Refusal;
use crate::render::RenderFault;
use crate::store::Fault;
use crate::text::Problem;

/// Why a request got no proper answer.
#[derive(Debug)]
pub enum Failure {
    Refused(Refusal),
    /// As `Refused`, with the words that were typed, to be shown back.
    Kept {
        refusal: Refusal,
        kept: String,
    },
    /// No session, or one that ran out, or a form of another browser.
    Expired {
        kept: Option<String>,
        again_url: Option<String>,
    },
    /// Signed in, but not for this.
    Forbidden,
    /// A personal link that is not (any more) in use.
    LinkUnknown,
    NotFound,
    MethodNotAllowed,
    Unreadable(&'static str),
    TooLarge {
        limit: usize,
    },
    /// A body of a kind that this address does not read; `taken` says which it does.
    UnsupportedType {
        taken: &'static str,
    },
    /// A member of several teams must say first which of them she answers for.
    ChooseTeam(Vec<(Id, String)>),
    Render(RenderFault),
}

impl Failure {
    #[must_use]
    pub fn unreadable(sentence: &'static str) -> Self {
        Self::Unreadable(sentence)
    }

    #[must_use]
    pub fn expired() -> Self {
        Self::Expired { kept: None, again_url: None }
    }

    /// With what was typed, to be given back.
    #[must_use]
    pub fn giving_back(self, words: Option<String>) -> Self {
        match (self, words) {
            (Self::Refused(refusal), Some(kept)) => Self::Kept { refusal, kept },
            (Self::Expired { again_url, .. }, kept) => Self::Expired { kept, again_url },
            (other, _) => other,
        }
    }

    /// The failure of ours behind it, for the log.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Refused(Refusal::Fault(fault)) | Self::Kept { refusal: Refusal::Fault(fault), .. } => {
                Some(fault.to_string())
            }
            Self::Render(fault) => Some(fault.to_string()),
            _ => None,
        }
    }

    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::Kept { refusal, .. } => Some(refusal),
            _ => None,
        }
    }

    #[must_use]
    pub fn kept(&self) -> Option<&str> {
        match self {
            Self::Kept { kept, .. } => Some(kept),
            Self::Expired { kept, .. } => kept.as_deref(),
            _ => None,
        }
    }

    /// The RFC 9457 document.
    #[must_use]
    pub fn problem_document(&self) -> serde_json::Value {
        let status = self.status_code();
        let (code, detail, fields) = self.described();
        let mut errors: Vec<_> = fields
            .iter()
            .map(
                |problem| json!({ "pointer": pointer(&problem.field), "code": problem.code, "detail": problem.detail }),
            )
            .collect();
        if let Self::ChooseTeam(teams) = self {
            let choice = |(id, name): &(Id, String)| json!({ "pointer": "#/team", "code": "choice", "value": id, "detail": name });
            errors.extend(teams.iter().map(choice));
        }
        json!({
            "type": format!("urn:soundings:problem:{code}"),
            "title": status.canonical_reason().unwrap_or("Problem"),
            "status": status.as_u16(),
            "detail": detail,
            "errors": errors,
        })
    }

    fn described(&self) -> (&'static str, String, &[Problem]) {
        let said = |code: &'static str, detail: &str| (code, detail.to_owned(), &[][..]);
        match self {
            Self::Refused(refusal) | Self::Kept { refusal, .. } => match refusal {
                Refusal::Invalid(problems) => {
                    ("invalid", "Mend the fields that are named and send it again.".to_owned(), problems)
                }
                Refusal::Unknown(_) => ("not-found", refusal.to_string(), &[]),
                Refusal::Conflict { code, detail } | Refusal::Forbidden { code, detail } => (code, detail.clone(), &[]),
                Refusal::Late(detail) => ("late", detail.clone(), &[]),
                Refusal::TooMany(detail) => ("too-many", detail.clone(), &[]),
                Refusal::Fault(fault) if passes(fault) => said(
                    "unavailable",
                    "The store cannot take this just now; nothing was changed. Try again in a moment.",
                ),
                Refusal::Fault(_) => {
                    said("fault", "Something failed on our side; nothing was changed. Try again later.")
                }
            },
            Self::Expired { .. } => said(
                "not-signed-in",
                "Send a valid bearer token: a staff token, or a member's session from POST /api/v1/session.",
            ),
            Self::Forbidden => said("forbidden", "This token has no role for this call."),
            Self::LinkUnknown => {
                said("link-unknown", "This link is not in use. Ask for a new one with the address it was mailed to.")
            }
            Self::NotFound => said("not-found", "There is nothing at this address."),
            Self::MethodNotAllowed => said("method-not-allowed", "This address does not take this method."),
            Self::Unreadable(sentence) => said("unreadable", sentence),
            Self::TooLarge { limit } => {
                ("too-large", format!("The body is larger than the limit of {} kB; send less.", limit / 1024), &[])
            }
            Self::UnsupportedType { taken } => ("unsupported-type", format!("Send the body as {taken}."), &[]),
            Self::ChooseTeam(_) => {
                said("choose-team", "Send the id of the team you answer for as `team`; it is chosen once.")
            }
            Self::Render(_) => said("fault", "Something failed on our side; nothing was changed. Try again later."),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.described().0)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault.into())
    }
}

impl From<RenderFault> for Failure {
    fn from(fault: RenderFault) -> Self {
        Self::Render(fault)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) | Self::Kept { refusal, .. } => match refusal {
                Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Refusal::Unknown(_) => StatusCode::NOT_FOUND,
                Refusal::Conflict { .. } | Refusal::Late(_) => StatusCode::CONFLICT,
                Refusal::Forbidden { .. } => StatusCode::FORBIDDEN,
                Refusal::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
                Refusal::Fault(fault) if passes(fault) => StatusCode::SERVICE_UNAVAILABLE,
                Refusal::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Expired { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::LinkUnknown | Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::ChooseTeam(_) => StatusCode::CONFLICT,
            Self::Render(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Whether the same request may well succeed in a moment.
fn passes(fault: &Fault) -> bool {
    matches!(fault, Fault::Busy | Fault::Unreachable(_)) || fault.is_passing()
}

/// `contact.name` and `teams[0]` as the pointers RFC 9457 shows: `#/contact/name`, `#/teams/0`.
fn pointer(field: &str) -> String {
    let mut pointer = "#".to_owned();
    for part in field.split(['.', '[', ']']).filter(|part| !part.is_empty()) {
        pointer.push('/');
        pointer.push_str(part);
    }
    pointer
}
