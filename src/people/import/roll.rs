//! Who is there and whom the file speaks of, brought together row by row.

use std::collections::{BTreeMap, HashMap};

use super::Outcome;
use super::places::Places;
use super::plan::Change;
use super::reading::{Rejected, Row};
use crate::ids::Id;
use crate::people::member::{DEFAULT_LANGUAGE, Member, email_key};

/// Everybody who is there or in the file, and how to find her.
#[derive(Default)]
pub(super) struct Roll {
    people: Vec<Person>,
    by_email: HashMap<String, usize>,
    by_number: HashMap<String, usize>,
    /// Only people with neither: by folded name and team.
    by_name: HashMap<(String, String), usize>,
}

struct Person {
    /// None: she is new.
    before: Option<Change>,
    now: Change,
    /// The line that first speaks of her.
    seen: Option<usize>,
    /// The file does not say all her teams: a row of hers was refused, or she is known by her team.
    keeps_teams: bool,
}

impl Roll {
    pub(super) fn add_known(&mut self, member: Member, paths: &HashMap<Id, String>) {
        let places: BTreeMap<String, bool> = member
            .teams
            .iter()
            .filter_map(|place| paths.get(&place.team).map(|path| (path.clone(), place.is_rep)))
            .collect();
        let known = Change {
            id: Some(member.id),
            email: member.email,
            name: member.name,
            membership_number: member.membership_number,
            language: member.language,
            has_left: member.has_left,
            places,
            is_moved: false,
            has_new_address: false,
        };
        self.add(Person { before: Some(known.clone()), now: known, seen: None, keeps_teams: false });
    }

    /// Brings one row into the roll.
    pub(super) fn take(&mut self, row: &Row, place: &str) -> Result<(), Rejected> {
        let index = match self.find(row, place)? {
            Some(index) => index,
            None => self.add(Person::new(row)),
        };
        let Some(person) = self.people.get_mut(index) else { return Ok(()) };
        if let Some(line) = person.seen
            && name_key(&person.now.name) != name_key(&row.name)
        {
            let reason = format!("Line {line} gives this person another name; write the same name in both lines.");
            return Err(Rejected::new(row.line, "name", &row.name, reason));
        }
        // The address and the number that she gives up are free for others from here on.
        if let Some(email) = &row.email {
            person.now.email.as_deref().map(|former| self.by_email.remove(&email_key(former)));
            self.by_email.insert(email_key(email), index);
        }
        if let Some(number) = &row.membership_number {
            person.now.membership_number.as_ref().map(|former| self.by_number.remove(former));
            self.by_number.insert(number.clone(), index);
        }
        person.take(row, place);
        if row.email.is_none() && row.membership_number.is_none() {
            self.by_name.entry((name_key(&row.name), place.to_owned())).or_insert(index);
        }
        Ok(())
    }

    /// Whom the row speaks of: by address, else by number, else by name and team.
    fn find(&self, row: &Row, place: &str) -> Result<Option<usize>, Rejected> {
        let by_email = row.email.as_deref().and_then(|email| self.by_email.get(&email_key(email)).copied());
        let by_number = row.membership_number.as_ref().and_then(|number| self.by_number.get(number).copied());
        let refuse = |column: &str, value: &Option<String>, reason: String| {
            Err(Rejected::new(row.line, column, value.as_deref().unwrap_or_default(), reason))
        };
        let found = match (by_email, by_number) {
            (Some(one), Some(other)) if one != other => {
                return refuse("membership_number", &row.membership_number, TWO_PEOPLE.to_owned());
            }
            (None, None) if row.email.is_none() && row.membership_number.is_none() => {
                return Ok(self.by_name.get(&(name_key(&row.name), place.to_owned())).copied());
            }
            (found, other) => found.or(other),
        };
        let Some(person) = found.and_then(|index| self.people.get(index)) else { return Ok(None) };
        let has_other_name = name_key(&person.now.name) != name_key(&row.name);
        let differs =
            |is: Option<&String>, typed: Option<&String>| is.zip(typed).is_some_and(|(is, typed)| is != typed);
        if differs(person.now.membership_number.as_ref(), row.membership_number.as_ref()) {
            if let Some(line) = person.seen {
                let reason = format!("Line {line} gives this address another membership number; correct one of them.");
                return refuse("membership_number", &row.membership_number, reason);
            }
            if has_other_name {
                return refuse("email", &row.email, OTHER_PERSON.replace("{}", "address"));
            }
        }
        let (is, typed) = (person.now.email.as_deref().map(email_key), row.email.as_deref().map(email_key));
        if differs(is.as_ref(), typed.as_ref()) {
            if let Some(line) = person.seen {
                let reason = format!("Line {line} gives this membership number another address; correct one of them.");
                return refuse("email", &row.email, reason);
            }
            if has_other_name {
                let reason = OTHER_PERSON.replace("{}", "membership number");
                return refuse("membership_number", &row.membership_number, reason);
            }
        }
        Ok(found)
    }

    /// A row about this person could not be used, so the file does not say all her teams.
    pub(super) fn keep_teams(&mut self, row: &Row) {
        let by_email = row.email.as_deref().and_then(|email| self.by_email.get(&email_key(email)));
        let by_number = row.membership_number.as_ref().and_then(|number| self.by_number.get(number));
        for index in [by_email, by_number].into_iter().flatten().copied().collect::<Vec<_>>() {
            if let Some(person) = self.people.get_mut(index) {
                person.keeps_teams = true;
            }
        }
    }

    /// Counts, and gives what is to be written.
    pub(super) fn finish(self, places: &mut Places, outcome: &mut Outcome) -> Vec<Change> {
        let mut seen: Vec<(usize, Person)> =
            self.people.into_iter().filter_map(|person| person.seen.map(|line| (line, person))).collect();
        seen.sort_by_key(|(line, _)| *line);
        let mut changes = Vec::new();
        let mut stay_left = 0;
        for (_, mut person) in seen {
            if person.before.is_none() && person.now.has_left {
                outcome.unchanged += 1;
                continue;
            }
            for place in person.now.places.keys() {
                places.use_for(place);
            }
            stay_left += usize::from(person.now.has_left && person.before.as_ref().is_some_and(|was| was.has_left));
            if let Some(was) = person.before.as_ref().filter(|_| person.keeps_teams) {
                for (place, is_rep) in &was.places {
                    person.now.places.entry(place.clone()).or_insert(*is_rep);
                }
            }
            match &person.before {
                None => outcome.created += 1,
                Some(was) if *was == person.now => {
                    outcome.unchanged += 1;
                    continue;
                }
                Some(was) => {
                    outcome.updated += 1;
                    person.now.is_moved = was.places != person.now.places;
                    person.now.has_new_address =
                        was.email.as_deref().map(email_key) != person.now.email.as_deref().map(email_key);
                }
            }
            changes.push(person.now);
        }
        if stay_left > 0 {
            outcome.notes.push(format!(
                "In the file but marked as having left, and kept so: {stay_left}. To bring somebody back, write no in a column left."
            ));
        }
        changes
    }

    fn add(&mut self, person: Person) -> usize {
        let index = self.people.len();
        if let Some(email) = &person.now.email {
            self.by_email.insert(email_key(email), index);
        }
        if let Some(number) = &person.now.membership_number {
            self.by_number.insert(number.clone(), index);
        }
        if person.now.email.is_none() && person.now.membership_number.is_none() {
            for place in person.now.places.keys() {
                self.by_name.insert((name_key(&person.now.name), place.clone()), index);
            }
        }
        self.people.push(person);
        index
    }
}

impl Person {
    fn new(row: &Row) -> Self {
        let now = Change {
            id: None,
            email: None,
            name: row.name.clone(),
            membership_number: None,
            language: DEFAULT_LANGUAGE.to_owned(),
            has_left: false,
            places: BTreeMap::new(),
            is_moved: true,
            has_new_address: false,
        };
        Self { before: None, now, seen: None, keeps_teams: false }
    }

    fn take(&mut self, row: &Row, place: &str) {
        if self.seen.is_none() {
            self.seen = Some(row.line);
            self.now.places.clear();
        }
        self.keeps_teams |= row.email.is_none() && row.membership_number.is_none();
        self.now.name.clone_from(&row.name);
        if row.email.is_some() {
            self.now.email.clone_from(&row.email);
        }
        if row.membership_number.is_some() {
            self.now.membership_number.clone_from(&row.membership_number);
        }
        if let Some(language) = &row.language {
            self.now.language.clone_from(language);
        }
        self.now.has_left = row.has_left.unwrap_or(self.now.has_left);
        let was_rep = self.before.as_ref().and_then(|was| was.places.get(place)).copied().unwrap_or_default();
        *self.now.places.entry(place.to_owned()).or_default() |= row.is_rep.unwrap_or(was_rep);
    }
}

const TWO_PEOPLE: &str = "This number and this address belong to two members; correct one of them.";
const OTHER_PERSON: &str = "This {} belongs to a member with another name; correct it, or change one thing at a time.";

/// How names of people are compared: in any case, with any spaces between words.
fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
