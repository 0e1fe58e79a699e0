//! Comments that stood in the files of the drafts, beside their passages and never counted.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::said::{Room, passage};
use crate::consultations::{self, Consultation};
use crate::drafts::{self, Change, FileNoteOf, Statuses};
use crate::ids::Id;
use crate::links;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{DeskPassage, FileCommentRow, FileCommentsPage};

/// Most of them that stand among members' comments on one passage; a page of their own has all.
const BESIDE_MAX: usize = 5;
/// Most characters of each there.
const BESIDE_CHARS: usize = 300;

/// # Errors
/// No such consultation; the database fails.
pub async fn get(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let reading = house.clone();
    let found = house.read(move |tx| {
        let consultation = consultations::by_slug(tx, &slug)?;
        let all = FileComments::read(tx, &consultation)?;
        let mut rows = Vec::new();
        for one in &all.notes {
            let edition = reading.shelf.edition(tx, one.document_id, one.version_number)?;
            let block = edition.block(&one.note.block).map(|block| (edition.kind, block));
            let about = passage(&reading, &consultation.slug, &one.note.block, block, Room::LIST);
            rows.push(FileCommentRow {
                number: about.quoted.number.clone(),
                about: Some(about),
                ..all.row(one, usize::MAX)
            });
        }
        Ok::<_, Refusal>((consultation, rows))
    });
    let (consultation, comments) = found.await?;
    let (page, token) = super::page_of(&request, &house, &consultation, super::Way::Comments);
    let view = FileCommentsPage { page, comments, all_url: links::desk_comments(&consultation.slug) };
    super::shown(&house, "desk/file_comments.html", &view, token)
}

/// All of a consultation's, with what became of their passages.
pub(super) struct FileComments {
    notes: Vec<FileNoteOf>,
    statuses: Statuses,
}

impl FileComments {
    pub(super) fn read(tx: &mut Tx, of: &Consultation) -> Result<Self, Refusal> {
        let notes = drafts::file_notes(tx, of.id)?;
        let statuses = if notes.is_empty() { Statuses::default() } else { drafts::statuses(tx, of.id)? };
        Ok(Self { notes, statuses })
    }

    pub(super) fn count(&self) -> usize {
        self.notes.len()
    }

    /// Those on a passage, in whichever version, as they stand beside members' comments.
    pub(super) fn on(&self, document: Id, key: Option<&str>) -> Vec<FileCommentRow> {
        let here = self.notes.iter().filter(|one| one.document_id == document && Some(one.note.block.as_str()) == key);
        here.take(BESIDE_MAX).map(|one| self.row(one, BESIDE_CHARS)).collect()
    }

    fn row(&self, one: &FileNoteOf, most: usize) -> FileCommentRow {
        let status = self.statuses.of(one.document_id, one.version_number, Some(&one.note.block));
        FileCommentRow {
            number: String::new(),
            quote: shortened(&one.note.quote, most),
            body: shortened(&one.note.body, most),
            about: None::<DeskPassage>,
            version: one.version_number,
            state: if status == Change::Unchanged { "current" } else { status.as_str() },
        }
    }
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most).collect();
    cut.push_str(" …");
    cut
}
