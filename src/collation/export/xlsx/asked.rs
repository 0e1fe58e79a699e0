//! The sheets Questions (counts by choice and label) and Answers (what was said in words); they are
//! there when questions were asked.

use super::{Book, Cell, ExportFault, Sheet, figure, prepare};
use crate::collation::answers::{AnswerRow, AskedRow};

type Answered = Result<AnswerRow, ExportFault>;

const COUNT_HEADS: [&str; 7] = ["question_number", "question", "kind", "block_number", "choice", "label", "answers"];
const WORDS_HEADS: [&str; 9] =
    ["reference", "question_number", "question", "answer", "permission", "label", "source", "late", "name"];

/// How often each choice was taken under each label.
pub(super) fn counts(book: &mut Book<'_>, rows: impl Iterator<Item = Answered>) -> Result<(), ExportFault> {
    let (name, answered) = (book.say("xlsx-questions", &[]), book.say("xlsx-answered", &[]));
    let (other, none) = (book.say("question-other", &[]), book.say("question-no-answer", &[]));
    let page = book.workbook.add_worksheet();
    prepare(page, name, &[10, 50, 14, 10, 40, 30, 10])?;
    page.set_freeze_panes(1, 0)?;
    for (column, head) in (0..).zip(COUNT_HEADS) {
        page.write_string_with_format(0, column, head, &book.head)?;
    }
    let mut sheet = Sheet { page, text: &book.text, day: &book.day, cut: &book.cut, row: 0 };
    let mut asked: Option<AskedRow> = None;
    for row in rows {
        match row? {
            AnswerRow::Question(question) => asked = Some(question),
            AnswerRow::Words(_) => {}
            AnswerRow::Count(count) => {
                let Some(question) = &asked else { continue };
                let choice = match (count.choice.as_deref(), &count.choice_words) {
                    (_, Some(words)) => words,
                    (None, None) => answered.as_str(),
                    (Some("other"), None) => other.as_str(),
                    (Some("no_answer"), None) => none.as_str(),
                    (Some(point), None) => point,
                };
                let cells = [
                    Cell::Number(f64::from(question.number)),
                    Cell::Text(&question.question),
                    Cell::Text(question.kind.as_str()),
                    Cell::Text(question.block_number.as_deref().unwrap_or_default()),
                    Cell::Text(choice),
                    Cell::Text(&count.label),
                    Cell::Number(figure(count.count)),
                ];
                sheet.row += 1;
                for (column, cell) in (0..).zip(cells) {
                    sheet.write(column, cell)?;
                }
            }
        }
    }
    let last = sheet.row;
    sheet.page.autofilter(0, 0, last, 6)?;
    Ok(())
}

/// What was said, row by row.
pub(super) fn words(book: &mut Book<'_>, rows: impl Iterator<Item = Answered>) -> Result<(), ExportFault> {
    let name = book.say("xlsx-answers", &[]);
    let page = book.workbook.add_worksheet_with_constant_memory()?;
    prepare(page, name, &[13, 10, 50, 60, 15, 30, 9, 8, 24])?;
    page.set_freeze_panes(1, 0)?;
    for (column, head) in (0..).zip(WORDS_HEADS) {
        page.write_string_with_format(0, column, head, &book.head)?;
    }
    let mut sheet = Sheet { page, text: &book.text, day: &book.day, cut: &book.cut, row: 0 };
    let mut asked: Option<AskedRow> = None;
    for row in rows {
        match row? {
            AnswerRow::Question(question) => asked = Some(question),
            AnswerRow::Count(_) => {}
            AnswerRow::Words(said) => {
                let cells = [
                    Cell::Text(&said.reference),
                    Cell::Number(f64::from(said.number)),
                    Cell::Text(
                        asked.as_ref().map(|question: &AskedRow| question.question.as_str()).unwrap_or_default(),
                    ),
                    Cell::Text(&said.words),
                    Cell::Text(said.permission.as_str()),
                    Cell::Text(&said.label),
                    Cell::Text(said.source.as_str()),
                    Cell::Yes(said.late),
                    Cell::Text(said.name.as_deref().unwrap_or_default()),
                ];
                sheet.row += 1;
                for (column, cell) in (0..).zip(cells) {
                    sheet.write(column, cell)?;
                }
            }
        }
    }
    let last = sheet.row;
    sheet.page.autofilter(0, 0, last, 8)?;
    Ok(())
}
