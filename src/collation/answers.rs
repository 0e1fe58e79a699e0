//! The answers of a release: counts by choice and label, and what was said in words; frozen with the
//! comments of the same release, in parts of their own. Who chose what is in no row.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::queries;
use super::release::{Copier, reference};
use crate::audit::Deed;
use crate::consultations::{self, Consultation, QuestionKind};
use crate::ids::Id;
use crate::refusal::Refusal;
use crate::responses::{self, AnswerCounts, AnswerWords, Permission, Source, WordsFilter};
use crate::store::{Fault, Side, Store};

/// One line of a release's answers. Each question comes with its counts, then its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "row", rename_all = "snake_case")]
pub enum AnswerRow {
    Question(AskedRow),
    Count(CountRow),
    Words(WordsRow),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedRow {
    /// From 1, as members see it.
    pub number: i32,
    pub question: String,
    pub kind: QuestionKind,
    /// The passage it is about.
    pub block_number: Option<String>,
    pub answered: usize,
}

/// How often a choice was taken under a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    pub number: i32,
    /// Number of an option, point of a scale, `other` or `no_answer`; none: whoever answered at all.
    pub choice: Option<String>,
    /// The words of an option.
    pub choice_words: Option<String>,
    pub label: String,
    pub count: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsRow {
    /// Drawn anew for every release.
    pub reference: String,
    pub number: i32,
    pub words: String,
    pub permission: Permission,
    pub label: String,
    pub source: Source,
    pub late: bool,
    /// Only where the member gave it.
    pub name: Option<String>,
}

/// Lines in one part.
const PART: usize = 500;

/// Writes the parts from `ordinal` on, and says how often a question was answered; none when the desks
/// have changed meanwhile.
pub(super) async fn freeze(
    store: &Store,
    deed: &Deed,
    consultation: &Consultation,
    copier: &Arc<Copier>,
    release: Id,
    ordinal: &mut i32,
    digest: &mut Sha256,
) -> Result<Option<usize>, Refusal> {
    let reading = copier.clone();
    let Some(counts) = unchanged(store, consultation, move |tx| responses::answer_counts(tx, &reading.desk)).await?
    else {
        return Ok(None);
    };
    let mut rows: Vec<AnswerRow> = Vec::new();
    let mut answered = 0;
    for one in &counts {
        answered += one.total().answered;
        rows.extend(counted(one, copier));
        let mut after = None;
        loop {
            let (reading, question) = (copier.clone(), one.question.id);
            let filter = WordsFilter { label: None, after };
            let page = unchanged(store, consultation, move |tx| {
                responses::answer_words(tx, &reading.desk, question, &filter, PART)
            });
            let Some((words, next)) = page.await? else { return Ok(None) };
            let number = one.question.ordinal + 1;
            rows.extend(words.into_iter().map(|said| AnswerRow::Words(spoken(said, number, reference(&deed.chance)))));
            while rows.len() >= PART {
                let rest = rows.split_off(PART);
                write_part(store, release, ordinal, &std::mem::replace(&mut rows, rest), digest).await?;
            }
            after = next;
            if after.is_none() {
                break;
            }
        }
    }
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(PART));
        write_part(store, release, ordinal, &std::mem::replace(&mut rows, rest), digest).await?;
    }
    Ok(Some(answered))
}

fn counted(of: &AnswerCounts, copier: &Copier) -> Vec<AnswerRow> {
    let number = of.question.ordinal + 1;
    let asked = AskedRow {
        number,
        question: of.question.wording.clone(),
        kind: of.question.kind,
        block_number: of.question.block_key.as_deref().and_then(|key| copier.number_of(key)),
        answered: of.total().answered,
    };
    let mut rows = vec![AnswerRow::Question(asked)];
    for ((_, label), counts) in copier.desk.labels().iter().zip(&of.labels) {
        let chosen = of.choices.iter().zip(&counts.chosen).map(|(choice, count)| (Some(choice), *count));
        for (choice, count) in std::iter::once((None, counts.answered)).chain(chosen) {
            rows.push(AnswerRow::Count(CountRow {
                number,
                choice: choice.cloned(),
                choice_words: choice.and_then(|choice| of.question.option(choice)).map(str::to_owned),
                label: label.clone(),
                count,
            }));
        }
    }
    rows
}

fn spoken(said: AnswerWords, number: i32, reference: String) -> WordsRow {
    WordsRow {
        reference,
        number,
        words: said.words,
        permission: said.permission,
        label: said.label,
        source: said.source,
        late: said.late,
        name: said.name,
    }
}

/// Reads while the desks are as the release knows them.
async fn unchanged<T: Send + 'static>(
    store: &Store,
    consultation: &Consultation,
    work: impl FnOnce(&mut crate::store::Tx) -> Result<T, Refusal> + Send + 'static,
) -> Result<Option<T>, Refusal> {
    let (of, edition) = (consultation.id, consultation.edition);
    let read = store.read(move |tx| {
        if consultations::by_id(tx, of)?.edition != edition {
            return Ok(None);
        }
        work(tx).map(Some)
    });
    read.await
}

async fn write_part(
    store: &Store,
    of: Id,
    ordinal: &mut i32,
    rows: &[AnswerRow],
    digest: &mut Sha256,
) -> Result<(), Refusal> {
    let mut lines = String::new();
    for row in rows {
        lines.push_str(&serde_json::to_string(row).map_err(|error| Fault::Corrupt(error.to_string()))?);
        lines.push('\n');
    }
    digest.update(lines.as_bytes());
    let at = *ordinal;
    *ordinal += 1;
    let written = store
        .write(Side::Voices, move |tx| Ok::<_, Refusal>(queries::insert_part(tx, of, at, queries::ANSWERS, &lines)?));
    written.await
}
