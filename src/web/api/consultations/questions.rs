//! A consultation's questions in JSON; what is shown can be sent back.

use serde::{Deserialize, Serialize};

use crate::audit::Deed;
use crate::consultations::{Consultation, NewQuestion, Question, QuestionKind, Scale, question};
use crate::drafts;
use crate::ids::Id;
use crate::refusal::{Problems, Refusal};
use crate::store::Tx;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionJson {
    /// Left out for a new question.
    #[serde(default)]
    id: Option<Id>,
    kind: QuestionKind,
    wording: String,
    #[serde(default)]
    help: String,
    /// Key of the block it is about; its number does as well.
    #[serde(default)]
    block: Option<String>,
    #[serde(default)]
    options: Vec<String>,
    #[serde(default)]
    other: bool,
    #[serde(default)]
    prefer_not_to_say: bool,
    #[serde(default)]
    scale: Option<Scale>,
}

impl From<Question> for QuestionJson {
    fn from(one: Question) -> Self {
        Self {
            id: Some(one.id),
            kind: one.kind,
            wording: one.wording,
            help: one.help,
            block: one.block_key,
            options: one.options,
            other: one.offers_other,
            prefer_not_to_say: one.offers_no_answer,
            scale: one.scale,
        }
    }
}

/// Puts these questions in the place of those there are.
///
/// # Errors
/// As `question::replace`; a block that is not there.
pub fn set(tx: &mut Tx, deed: &Deed, of: &Consultation, questions: &[QuestionJson]) -> Result<(), Refusal> {
    let known = question::list(tx, of.id)?;
    let mut problems = Problems::default();
    let mut new = Vec::with_capacity(questions.len());
    for (place, one) in questions.iter().enumerate() {
        let called = one.block.as_deref().map(str::trim).filter(|called| !called.is_empty());
        // A passage that has gone since stays tied.
        let kept = known.iter().find(|known| Some(known.id) == one.id && known.block_key.as_deref() == called);
        let block_key = match (kept, called) {
            (Some(known), _) => known.block_key.clone(),
            (None, None) => None,
            (None, Some(called)) => match drafts::tie(tx, of.id, called) {
                Ok(key) => Some(key),
                Err(Refusal::Invalid(found)) => {
                    for problem in found {
                        problems.note(&format!("questions[{place}].block"), problem.code, problem.detail);
                    }
                    None
                }
                Err(refusal) => return Err(refusal),
            },
        };
        let typed = NewQuestion {
            kind: one.kind.to_string(),
            wording: one.wording.clone(),
            help: one.help.clone(),
            options: one.options.clone(),
            offers_other: one.other,
            offers_no_answer: one.prefer_not_to_say,
            scale: one.scale.clone(),
            block_key,
        };
        new.push((one.id, typed));
    }
    problems.none()?;
    question::replace(tx, deed, &of.slug, &new)
}

/// All questions as they are shown.
///
/// # Errors
/// When the database fails.
pub fn shown(tx: &mut Tx, consultation: Id) -> Result<Vec<QuestionJson>, Refusal> {
    Ok(question::list(tx, consultation)?.into_iter().map(Into::into).collect())
}
