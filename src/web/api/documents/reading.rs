//! `GET …/documents`, `…/versions/{n}`, `…/versions/{n}/changes`: for staff, and for the members of
//! the consultation as far as it is published.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{DocumentJson, VersionJson, called};
use crate::consultations;
use crate::drafts::{Block, Link, Version, change, document, version as versions};
use crate::ids::Id;
use crate::keys::Keys;
use crate::refusal::Refusal;
use crate::store::Tx;
use crate::web::api::asked::{self, Parameters};
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::member::Here;
use crate::web::visitor::Visitor;

#[derive(Serialize)]
struct Text {
    #[serde(flatten)]
    version: VersionJson,
    blocks: Vec<Block>,
}

#[expect(clippy::struct_field_names, reason = "changes is a promised name")]
#[derive(Serialize)]
struct Changes {
    from: i32,
    to: i32,
    published_at: Option<DateTime<Utc>>,
    changes: Vec<Link>,
}

/// # Errors
/// No such consultation, or not hers.
pub async fn list(request: HttpRequest, house: Data<House>, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let parameters = Parameters::of(&request, &["limit", "after"])?;
    let (slug, reader) = (asked::slug(&slug)?, Reader::of(&request, &house));
    let all = house.read(move |tx| {
        let Some(consultation) = reader.consultation(tx, &slug)? else { return Ok(None) };
        let mut all = Vec::new();
        for one in document::list(tx, consultation)? {
            let versions: Vec<VersionJson> = versions::list(tx, one.id)?
                .into_iter()
                .filter(|version| reader.may_see(version))
                .map(VersionJson::from)
                .collect();
            if reader.is_staff() || !versions.is_empty() {
                all.push(DocumentJson { id: one.id, kind: one.kind, title: one.title, versions });
            }
        }
        Ok(Some(all))
    });
    let all = all.await?.ok_or_else(Failure::expired)?;
    Ok(HttpResponse::Ok().json(parameters.part(all, |one| one.id.to_string())?))
}

/// # Errors
/// No such version, or not published for a member.
pub async fn version(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, name, number) = path.into_inner();
    let (slug, number, reader) = (asked::slug(&slug)?, asked::name(&number, "version")?, Reader::of(&request, &house));
    let text = house.read(move |tx| {
        let Some(version) = reader.version(tx, &slug, &name, number)? else { return Ok(None) };
        let blocks = versions::blocks(tx, version.id)?;
        Ok(Some(Text { version: version.into(), blocks }))
    });
    Ok(HttpResponse::Ok().json(text.await?.ok_or_else(Failure::expired)?))
}

/// # Errors
/// No such version; `from` later than the version itself.
pub async fn changes(
    request: HttpRequest,
    house: Data<House>,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (slug, name, number) = path.into_inner();
    let (slug, number, reader) =
        (asked::slug(&slug)?, asked::name::<i32>(&number, "version")?, Reader::of(&request, &house));
    let parameters = Parameters::of(&request, &["from"])?;
    let wanted = "Give the number of the version to compare from.";
    let from = match parameters.get("from") {
        Some(written) => written.parse().map_err(|_| Refusal::field("from", "not-a-number", wanted))?,
        None if number > 1 => number - 1,
        None => return Err(Refusal::field("from", "missing", wanted).into()),
    };
    let changes = house.read(move |tx| {
        let Some(to) = reader.version(tx, &slug, &name, number)? else { return Ok(None) };
        let changes = change::between(tx, to.document_id, from, number)?;
        Ok(Some(Changes { from, to: number, published_at: to.published_at, changes }))
    });
    Ok(HttpResponse::Ok().json(changes.await?.ok_or_else(Failure::expired)?))
}

/// Who reads: staff everything, a member what is published in her own consultation.
pub(super) struct Reader {
    visitor: Visitor,
    keys: Keys,
}

impl Reader {
    pub fn of(request: &HttpRequest, house: &House) -> Self {
        Self { visitor: Visitor::of(request), keys: house.keys.clone() }
    }

    fn is_staff(&self) -> bool {
        matches!(self.visitor, Visitor::Staff(_))
    }

    fn may_see(&self, version: &Version) -> bool {
        self.is_staff() || version.published_at.is_some()
    }

    /// None when the session no longer holds.
    pub fn consultation(&self, tx: &mut Tx, slug: &str) -> Result<Option<Id>, Refusal> {
        match &self.visitor {
            Visitor::Staff(_) => Ok(Some(consultations::by_slug(tx, slug)?.id)),
            Visitor::Nobody => Ok(None),
            Visitor::Member(session) => match Here::writer(tx, &self.keys, *session)? {
                None => Ok(None),
                Some((_, consultation)) if consultation.slug == slug => Ok(Some(consultation.id)),
                Some(_) => Err(Refusal::Unknown("consultation")),
            },
        }
    }

    fn version(&self, tx: &mut Tx, slug: &str, document: &str, number: i32) -> Result<Option<Version>, Refusal> {
        let Some(consultation) = self.consultation(tx, slug)? else { return Ok(None) };
        let document = called(tx, consultation, document)?;
        let version = versions::by_number(tx, document.id, number)?;
        if self.may_see(&version) { Ok(Some(version)) } else { Err(Refusal::Unknown("version")) }
    }
}
