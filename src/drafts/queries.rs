use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::block::{Block, BlockKind};
use super::change::{Change, Link};
use super::document::{Document, Kind};
use super::place::Place;
use super::version::Version;
use crate::ids::Id;
use crate::store::backend::each;
use crate::store::columns::At;
use crate::store::schema::{block, block_link, document, version};
use crate::store::{Fault, Tx};

/// Rows in one statement: far below both databases' limits of bound values.
const CHUNK: usize = 500;

pub(super) fn insert_document(tx: &mut Tx, new: &Document) -> Result<(), Fault> {
    diesel::insert_into(document::table)
        .values((
            document::id.eq(new.id),
            document::consultation_id.eq(new.consultation_id),
            document::kind.eq(new.kind),
            document::title.eq(&new.title),
            document::ordinal.eq(new.ordinal),
        ))
        .execute(tx)?;
    Ok(())
}

pub(super) fn documents(tx: &mut Tx, consultation_id: Id) -> Result<Vec<Document>, Fault> {
    let own = document::table.filter(document::consultation_id.eq(consultation_id));
    Ok(own.order((document::ordinal, document::id)).load(tx)?)
}

pub(super) fn document(tx: &mut Tx, id: Id) -> Result<Option<Document>, Fault> {
    Ok(document::table.find(id).first(tx).optional()?)
}

pub(super) fn insert_version(tx: &mut Tx, new: &Version) -> Result<(), Fault> {
    diesel::insert_into(version::table)
        .values((
            version::id.eq(new.id),
            version::document_id.eq(new.document_id),
            version::number.eq(new.number),
            version::note.eq(&new.note),
            version::created_at.eq(At(new.created_at)),
            version::published_at.eq(new.published_at.map(At)),
        ))
        .execute(tx)?;
    Ok(())
}

/// A version that was never published: nothing but its own rows refers to it.
pub(super) fn delete_version(tx: &mut Tx, id: Id) -> Result<(), Fault> {
    diesel::delete(block_link::table.filter(block_link::to_version_id.eq(id))).execute(tx)?;
    diesel::delete(block::table.filter(block::version_id.eq(id))).execute(tx)?;
    diesel::delete(version::table.find(id)).execute(tx)?;
    Ok(())
}

pub(super) fn set_published(tx: &mut Tx, id: Id, note: &str, at: DateTime<Utc>) -> Result<(), Fault> {
    diesel::update(version::table.find(id))
        .set((version::note.eq(note), version::published_at.eq(Some(At(at)))))
        .execute(tx)?;
    Ok(())
}

pub(super) fn versions(tx: &mut Tx, document_id: Id) -> Result<Vec<Version>, Fault> {
    let own = version::table.filter(version::document_id.eq(document_id));
    Ok(own.order(version::number).load::<VersionRow>(tx)?.into_iter().map(Version::from).collect())
}

pub(super) fn version(tx: &mut Tx, document_id: Id, number: i32) -> Result<Option<Version>, Fault> {
    let one = version::table.filter(version::document_id.eq(document_id)).filter(version::number.eq(number));
    Ok(one.first::<VersionRow>(tx).optional()?.map(Version::from))
}

pub(super) fn last_published(tx: &mut Tx, document_id: Id) -> Result<Option<Version>, Fault> {
    let own = version::table.filter(version::document_id.eq(document_id)).filter(version::published_at.is_not_null());
    Ok(own.order(version::number.desc()).first::<VersionRow>(tx).optional()?.map(Version::from))
}

pub(super) fn insert_blocks(tx: &mut Tx, version_id: Id, blocks: &[Block]) -> Result<(), Fault> {
    let rows: Vec<_> = (0_i32..)
        .zip(blocks)
        .map(|(ordinal, new)| {
            (
                block::version_id.eq(version_id),
                block::ordinal.eq(ordinal),
                block::key.eq(&new.key),
                block::number.eq(&new.number),
                block::kind.eq(new.kind),
                block::level.eq(new.level),
                block::text.eq(&new.text),
                block::html.eq(&new.html),
            )
        })
        .collect();
    for chunk in rows.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        each!(tx, |connection| diesel::insert_into(block::table).values(chunk).execute(connection))?;
    }
    Ok(())
}

pub(super) fn blocks(tx: &mut Tx, version_id: Id) -> Result<Vec<Block>, Fault> {
    let own = block::table.filter(block::version_id.eq(version_id)).order(block::ordinal);
    Ok(own.select((block::key, block::number, block::kind, block::level, block::text, block::html)).load(tx)?)
}

/// A block as far as its words count.
#[derive(Queryable)]
pub(super) struct Worded {
    pub(super) key: String,
    pub(super) kind: BlockKind,
    pub(super) text: String,
}

/// The words of a version's blocks in its order.
pub(super) fn wordings(tx: &mut Tx, version_id: Id) -> Result<Vec<Worded>, Fault> {
    let own = block::table.filter(block::version_id.eq(version_id)).order(block::ordinal);
    Ok(own.select((block::key, block::kind, block::text)).load(tx)?)
}

/// One row for each pair of keys; the pairs of one link stand together and hang together.
pub(super) fn insert_links(tx: &mut Tx, from: Id, to: Id, links: &[Link]) -> Result<(), Fault> {
    let pairs = links.iter().flat_map(|link| pairs(link).map(move |(from_key, to_key)| (link, from_key, to_key)));
    let rows: Vec<_> = (0_i32..)
        .zip(pairs)
        .map(|(ordinal, (link, from_key, to_key))| {
            (
                block_link::from_version_id.eq(from),
                block_link::to_version_id.eq(to),
                block_link::ordinal.eq(ordinal),
                block_link::from_key.eq(from_key),
                block_link::to_key.eq(to_key),
                block_link::kind.eq(link.change),
                block_link::score.eq(per_mille(link.score)),
            )
        })
        .collect();
    for chunk in rows.chunks(CHUNK) {
        let chunk = chunk.to_vec();
        each!(tx, |connection| diesel::insert_into(block_link::table).values(chunk).execute(connection))?;
    }
    Ok(())
}

/// The first key of one side with every key of the other, then the rest with the other's first.
fn pairs(link: &Link) -> impl Iterator<Item = (Option<&String>, Option<&String>)> {
    let (first_from, first_to) = (link.from.first(), link.to.first());
    let tos = link.to.iter().map(move |to| (first_from, Some(to)));
    let alone = link.to.is_empty().then_some((first_from, None));
    tos.chain(alone).chain(link.from.iter().skip(1).map(move |from| (Some(from), first_to)))
}

pub(super) fn links(tx: &mut Tx, from: Id, to: Id) -> Result<Vec<Link>, Fault> {
    let rows: Vec<(Option<String>, Option<String>, Change, i32)> = block_link::table
        .filter(block_link::from_version_id.eq(from))
        .filter(block_link::to_version_id.eq(to))
        .order(block_link::ordinal)
        .select((block_link::from_key, block_link::to_key, block_link::kind, block_link::score))
        .load(tx)?;
    let mut links: Vec<Link> = Vec::with_capacity(rows.len());
    for (from, to, change, score) in rows {
        let shared = links.last_mut().filter(|last| {
            from.as_ref().is_some_and(|key| last.from.contains(key))
                || to.as_ref().is_some_and(|key| last.to.contains(key))
        });
        if let Some(link) = shared {
            link.from.extend(from.filter(|key| !link.from.contains(key)));
            link.to.extend(to.filter(|key| !link.to.contains(key)));
        } else {
            let (from, to) = (from.into_iter().collect(), to.into_iter().collect());
            links.push(Link { change, from, to, score: f64::from(score) / 1000.0 });
        }
    }
    Ok(links)
}

#[derive(Queryable)]
struct VersionRow {
    id: Id,
    document_id: Id,
    number: i32,
    note: String,
    created_at: At,
    published_at: Option<At>,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        Self {
            id: row.id,
            document_id: row.document_id,
            number: row.number,
            note: row.note,
            created_at: row.created_at.0,
            published_at: row.published_at.map(|at| at.0),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "clamped to 0..=1000")]
fn per_mille(score: f64) -> i32 {
    (score.clamp(0.0, 1.0) * 1000.0).round() as i32
}

/// Key and number of each block of a version, in its order.
pub(super) fn keys_in_order(tx: &mut Tx, version_id: Id) -> Result<Vec<(String, String)>, Fault> {
    Ok(block::table
        .filter(block::version_id.eq(version_id))
        .order(block::ordinal)
        .select((block::key, block::number))
        .load(tx)?)
}

/// A block by key, or by the number people cite; the proposal's before another document's.
pub(super) fn place_of_block(
    tx: &mut Tx,
    consultation: Id,
    called: &str,
    number: Option<i32>,
) -> Result<Option<Place>, Fault> {
    let mut query = block::table
        .inner_join(version::table.inner_join(document::table))
        .filter(document::consultation_id.eq(consultation).and(version::published_at.is_not_null()))
        .filter(block::key.eq(called).or(block::number.eq(called)))
        .order((block::key.eq(called).desc(), document::kind.eq(Kind::Proposal).desc(), version::number.desc()))
        .select((document::id, version::number, block::key))
        .into_boxed();
    if let Some(number) = number {
        query = query.filter(version::number.eq(number));
    }
    let found: Option<(Id, i32, String)> = query.first(tx).optional()?;
    Ok(found.map(|(document_id, version_number, key)| Place { document_id, version_number, block_key: Some(key) }))
}

pub(super) fn place_of_proposal(tx: &mut Tx, consultation: Id, number: Option<i32>) -> Result<Option<Place>, Fault> {
    let mut query = version::table
        .inner_join(document::table)
        .filter(document::consultation_id.eq(consultation).and(version::published_at.is_not_null()))
        .filter(document::kind.eq(Kind::Proposal))
        .order(version::number.desc())
        .select((document::id, version::number))
        .into_boxed();
    if let Some(number) = number {
        query = query.filter(version::number.eq(number));
    }
    let found: Option<(Id, i32)> = query.first(tx).optional()?;
    Ok(found.map(|(document_id, version_number)| Place { document_id, version_number, block_key: None }))
}

/// A store of each kind for the room's tests: SQLite always, PostgreSQL where
/// `SOUNDINGS_TEST_POSTGRES` names a server, each with one empty consultation.
#[cfg(test)]
pub(super) mod testing {
    use super::{DateTime, Fault, Id, Tx, Utc};
    use crate::ids::Chance;
    use crate::settings::DatabaseUrl;
    use crate::store::columns::{At, Instant, Uid};
    use crate::store::{Side, Store};
    use diesel::prelude::*;
    use diesel::sql_types::Bool;

    pub(in crate::drafts) struct Stage {
        pub store: Store,
        pub consultation_id: Id,
        /// The server and the name of a database that goes with the stage.
        database: Option<(String, String)>,
        _directory: tempfile::TempDir,
    }

    impl Drop for Stage {
        fn drop(&mut self) {
            if let Some((server, name)) = &self.database {
                let mut admin = PgConnection::establish(server).unwrap();
                diesel::sql_query(format!("DROP DATABASE {name} WITH (FORCE)")).execute(&mut admin).unwrap();
            }
        }
    }

    pub(in crate::drafts) async fn stages(now: DateTime<Utc>) -> Vec<Stage> {
        let mut stages = vec![stage(now, |path| format!("sqlite://{path}/test.db")).await];
        if let Ok(server) = std::env::var("SOUNDINGS_TEST_POSTGRES")
            && server != "none"
        {
            // It may name a database or none.
            let (scheme, rest) = server.split_once("://").unwrap();
            let base = format!("{scheme}://{}", rest.split('/').next().unwrap());
            let server = format!("{base}/postgres");
            let name = format!("drafts_{:x}", Chance::system().key());
            let mut admin = PgConnection::establish(&server).unwrap();
            diesel::sql_query(format!("CREATE DATABASE {name}")).execute(&mut admin).unwrap();
            let mut stage = stage(now, |_| format!("{base}/{name}")).await;
            stage.database = Some((server, name));
            stages.push(stage);
        }
        stages
    }

    async fn stage(now: DateTime<Utc>, url: impl FnOnce(&str) -> String) -> Stage {
        let directory = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::parse(&url(&directory.path().to_string_lossy())).unwrap();
        let (store, _) = Store::open(&url).unwrap();
        let consultation_id = Chance::system().id(now);
        store.write(Side::Members, move |tx| plant(tx, consultation_id, now)).await.unwrap();
        Stage { store, consultation_id, database: None, _directory: directory }
    }

    fn plant(tx: &mut Tx, id: Id, now: DateTime<Utc>) -> Result<(), Fault> {
        diesel::sql_query(
            "INSERT INTO consultation (id, slug, title, summary, letter, time_zone, deadline_local, deadline_at, \
             grace_minutes, state, covers_all_teams, public_draft, mail_replies, created_at, edition) \
             VALUES ($1, 'test', '', '', '', 'UTC', '', $2, 15, 'preparing', $3, $3, $3, $2, 1)",
        )
        .bind::<Uid, _>(id)
        .bind::<Instant, _>(At(now))
        .bind::<Bool, _>(true)
        .execute(tx)?;
        Ok(())
    }
}
