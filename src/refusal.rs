//! Why something was not done: the caller's side of it ([`Refusal`]), apart from faults of ours.

use crate::store::Fault;
use crate::text::Problem;

/// A request that is understood and not carried out; nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Fields to mend, each with its sentence.
    #[error("{}", sentences(.0))]
    Invalid(Vec<Problem>),
    /// There is no such thing (or it is not the asker's).
    #[error("There is no such {0}.")]
    Unknown(&'static str),
    /// It cannot be done in the present state; `code` is stable.
    #[error("{detail}")]
    Conflict { code: &'static str, detail: String },
    /// The asker may not do this; `code` is stable.
    #[error("{detail}")]
    Forbidden { code: &'static str, detail: String },
    /// The deadline and its grace are over.
    #[error("{0}")]
    Late(String),
    /// Too many tries in a short time.
    #[error("{0}")]
    TooMany(String),
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Refusal {
    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Conflict { code, detail: detail.into() }
    }

    pub fn forbidden(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Forbidden { code, detail: detail.into() }
    }

    /// One field to mend.
    pub fn field(field: &str, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::new(field, code, detail)])
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Invalid(vec![problem])
    }
}

impl From<crate::keys::KeyFault> for Refusal {
    fn from(fault: crate::keys::KeyFault) -> Self {
        Self::Fault(fault.into())
    }
}

/// Gathers the problems of several fields, so that all are told at once.
#[derive(Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The value, or `None` with its problem noted.
    pub fn check<T>(&mut self, checked: Result<T, Problem>) -> Option<T> {
        checked.map_err(|problem| self.0.push(problem)).ok()
    }

    pub fn note(&mut self, field: &str, code: &'static str, detail: impl Into<String>) {
        self.0.push(Problem::new(field, code, detail));
    }

    /// # Errors
    /// When any problem was noted.
    pub fn none(self) -> Result<(), Refusal> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::Invalid(self.0)) }
    }
}

fn sentences(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("{}: {}", problem.field, problem.detail)).collect::<Vec<_>>().join(" ")
}
