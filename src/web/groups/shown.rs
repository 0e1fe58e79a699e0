//! Records as pages show them.

use std::collections::{BTreeMap, HashMap};

use crate::consultations::{Consultation, joining};
use crate::drafts::{self, BlockOrder, Change, Statuses, version};
use crate::ids::Id;
use crate::links;
use crate::people;
use crate::refusal::Refusal;
use crate::responses::group_response::{self, Circles, Group, GroupState, Point, Whose, heard};
use crate::store::Tx;
use crate::web::house::House;
use crate::web::view::{
    ColleaguesApart, GroupPoint, GroupRow, GroupTeam, GroupVotes, GroupsBeside, SaidInGroup, shortened,
};
use crate::words::Language;

/// Everything about the groups of one consultation, read once.
pub struct Records {
    pub groups: Vec<Group>,
    pub circles: Circles,
    order: BlockOrder,
    statuses: Statuses,
    /// Numbers and words of every published version.
    blocks: HashMap<(Id, i32, String), (String, String)>,
    /// Published versions of the proposal.
    pub versions: Vec<i32>,
    pub alone: Option<usize>,
    pub colleagues: Option<joining::Colleagues>,
}

impl Records {
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut Tx, house: &House, of: &Consultation) -> Result<Self, Refusal> {
        let mut blocks = HashMap::new();
        let mut versions = Vec::new();
        let proposal = drafts::proposal(tx, of.id)?.map(|document| document.id);
        for document in drafts::document::list(tx, of.id)? {
            for one in version::list(tx, document.id)?.into_iter().filter(|one| one.published_at.is_some()) {
                if proposal == Some(document.id) {
                    versions.push(one.number);
                }
                for block in version::blocks(tx, one.id)? {
                    blocks.insert((document.id, one.number, block.key), (block.number, block.text));
                }
            }
        }
        Ok(Self {
            groups: group_response::groups(tx, of.id)?,
            circles: Circles::of(tx, of.id)?,
            order: drafts::order_of_blocks(tx, of.id)?,
            statuses: drafts::statuses(tx, of.id)?,
            blocks,
            versions,
            alone: house.progresses.of(tx, &house.keys, of)?.responded(),
            colleagues: joining::colleagues(tx, of.id)?,
        })
    }

    /// People heard, where that may be said and somebody was heard in a group.
    pub fn heard(&self, groups: &[Group]) -> Option<(usize, usize)> {
        let alone = self.alone?;
        let span = heard(alone, groups);
        groups.iter().any(Group::counts).then_some((span.least, span.most))
    }

    pub fn row(&self, house: &House, group: &Group, url: String) -> GroupRow {
        GroupRow {
            url,
            source: group.source.as_str(),
            name: self.circles.name(group.whose),
            date_words: house.words.date_words(Language::English, group.held_on),
            place: group.place.clone(),
            people: group.people(),
            votes: group.votes.map(|votes| GroupVotes {
                in_favour: votes.in_favour,
                against: votes.against,
                unsure: votes.unsure,
            }),
            state: group.state.as_str(),
            recorded_by: group.recorded_by.as_str(),
            points: group.points.len(),
        }
    }

    /// Points in document order, slips numbered as they come in it.
    pub fn points(&self, slug: &str, points: &[Point]) -> Vec<GroupPoint> {
        let mut sorted: Vec<&Point> = points.iter().collect();
        sorted.sort_by_cached_key(|one| (self.order.of(one.document_id, one.block_key.as_deref()), one.key));
        let mut slips: BTreeMap<i64, usize> = BTreeMap::new();
        for one in &sorted {
            if let Some(slip) = one.slip {
                let next = slips.len() + 1;
                slips.entry(slip).or_insert(next);
            }
        }
        let slip_of = |one: &Point| one.slip.and_then(|slip| slips.get(&slip).copied()).unwrap_or_default();
        sorted.into_iter().map(|one| self.point(slug, one, slip_of(one))).collect()
    }

    fn point(&self, slug: &str, one: &Point, slip: usize) -> GroupPoint {
        let key = one.block_key.clone();
        let block = key.as_ref().and_then(|key| self.blocks.get(&(one.document_id, one.version_number, key.clone())));
        GroupPoint {
            number: block.map(|(number, _)| number.clone()),
            passage: block.map(|(_, text)| shortened(text)).unwrap_or_default(),
            read_url: key.map_or_else(|| links::consultation(slug), |key| links::block(slug, &key)),
            position: one.position.map(|position| position.to_string()).unwrap_or_default(),
            words: one.words.clone(),
            state: self.state(one),
            version: one.version_number,
            permission: one.permission.as_str(),
            slip,
        }
    }

    fn state(&self, one: &Point) -> &'static str {
        match self.statuses.of(one.document_id, one.version_number, one.block_key.as_deref()) {
            Change::Unchanged | Change::Added => "current",
            changed => changed.as_str(),
        }
    }

    /// The teams of a form.
    pub fn teams(&self, chosen: Option<Whose>) -> Vec<GroupTeam> {
        let team = |team: &people::Team| GroupTeam {
            id: team.id.to_string(),
            name: team.name.clone(),
            level: team.path.matches('/').count(),
            chosen: false,
        };
        let mut teams: Vec<GroupTeam> = self.circles.choices().into_iter().map(team).collect();
        if let Some(whose) = chosen.filter(|whose| *whose != Whose::default()) {
            let ids = self.circles.choices().into_iter().map(|team| team.id);
            let same = ids.into_iter().position(|id| self.circles.whose(Some(id)).is_ok_and(|own| own == whose));
            if let Some(one) = same.and_then(|at| teams.get_mut(at)) {
                one.chosen = true;
            }
        }
        teams
    }
}

/// The newest number that a form names.
pub fn newest(records: &Records) -> String {
    records.versions.iter().max().map(ToString::to_string).unwrap_or_default()
}

/// Versions to choose from, where there is more than one.
pub fn versions(records: &Records) -> Vec<String> {
    let several = if records.versions.len() > 1 { &records.versions[..] } else { &[] };
    several.iter().map(ToString::to_string).collect()
}

/// What groups add beside what members said alone.
///
/// # Errors
/// When the database fails.
pub fn beside(tx: &mut Tx, house: &House, of: &Consultation) -> Result<GroupsBeside, Refusal> {
    Ok(Records::of(tx, house, of)?.beside(house, &of.slug))
}

impl Records {
    pub fn beside(&self, house: &House, slug: &str) -> GroupsBeside {
        let url = |group: &Group| links::desk_group_at(slug, group.id);
        let counted = self.groups.iter().filter(|group| group.state == GroupState::Confirmed);
        GroupsBeside {
            rows: counted.map(|group| self.row(house, group, url(group))).collect(),
            list_url: links::desk_groups(slug),
            heard: self.heard(&self.groups),
            alone: self.alone,
            colleagues: self.colleagues.map(|one| ColleaguesApart { let_in: (!one.are_held()).then_some(one.let_in) }),
        }
    }
}

/// What was said in groups that count, by the passage it was said about (none: the whole draft).
pub type SaidByPlace = HashMap<(Id, Option<String>), Vec<SaidInGroup>>;

/// # Errors
/// When the database fails.
pub fn said_in_groups(tx: &mut Tx, house: &House, of: &Consultation) -> Result<SaidByPlace, Refusal> {
    let mut said = SaidByPlace::new();
    if group_response::groups(tx, of.id)?.is_empty() {
        return Ok(said);
    }
    let records = Records::of(tx, house, of)?;
    for group in records.groups.iter().filter(|group| group.counts()) {
        for one in &group.points {
            said.entry((one.document_id, one.block_key.clone())).or_default().push(SaidInGroup {
                url: links::desk_group_at(&of.slug, group.id),
                source: group.source.as_str(),
                name: records.circles.name(group.whose),
                people: group.people(),
                position: one.position.map(|position| position.to_string()).unwrap_or_default(),
                words: one.words.clone(),
                state: records.state(one),
                version: one.version_number,
            });
        }
    }
    Ok(said)
}
