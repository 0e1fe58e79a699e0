//! Which team a cell means: one that is there, a new one, or a slip of either.

use std::collections::{HashMap, HashSet};

use super::resemblance::is_slip;
use crate::people::team::{Team, fold};

/// Teams that are there and teams that the file brings, by folded path.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// As written.
    there: HashMap<String, String>,
    /// Folded paths of teams that are there, by folded name.
    by_name: HashMap<String, Vec<String>>,
    /// How many rows speak of each team in the file or of one below it.
    rows: HashMap<String, usize>,
    /// Folded names below each folded path (the root is empty), of both.
    children_there: HashMap<String, Vec<String>>,
    children_in_file: HashMap<String, Vec<String>>,
    /// Teams that only the file knows, as it first writes them.
    in_file: HashMap<String, String>,
    /// Those of them that somebody is in, each after the one above it.
    used: HashSet<String>,
    new: Vec<String>,
    /// Folded paths that somebody looked at and found right.
    as_they_are: HashSet<String>,
}

impl Places {
    /// `in_file`: the team of each row.
    pub(super) fn new<'r>(teams: &[Team], in_file: impl Iterator<Item = &'r str>) -> Self {
        let mut places = Self::default();
        for team in teams {
            let path = fold(&team.path);
            let (above, name) = path.rsplit_once('/').unwrap_or(("", &path));
            places.children_there.entry(above.to_owned()).or_default().push(name.to_owned());
            places.by_name.entry(name.to_owned()).or_default().push(path.clone());
            places.there.insert(path, team.path.clone());
        }
        for typed in in_file {
            let path = fold(typed);
            for ((above, name, here), typed) in steps(&path).zip(typed.split('/')) {
                let rows = places.rows.entry(here.to_owned()).or_default();
                *rows += 1;
                if *rows == 1 && !places.there.contains_key(here) {
                    places.children_in_file.entry(above.to_owned()).or_default().push(name.to_owned());
                    places.in_file.insert(here.to_owned(), join(places.written(above), typed));
                }
            }
        }
        places
    }

    /// These folded paths are no slips, whatever they resemble.
    pub(super) fn take_as_they_are<'p>(&mut self, paths: impl Iterator<Item = &'p String>) {
        self.as_they_are.extend(paths.cloned());
    }

    /// How many rows speak of the team at this folded path, or of one below it.
    pub(super) fn rows_of(&self, path: &str) -> usize {
        self.rows.get(path).copied().unwrap_or_default()
    }

    /// The path of the team that `typed` is probably a slip of, and whether that team is there.
    pub(super) fn slip_of(&self, typed: &str) -> Option<(String, bool)> {
        let path = fold(typed);
        if self.there.contains_key(&path) || self.by_name.contains_key(&path) {
            return None;
        }
        self.meant(&path).map(|meant| (self.written(&meant).to_owned(), self.there.contains_key(&meant)))
    }

    /// The folded path of the team that `typed` means.
    ///
    /// # Errors
    /// The reason why the row cannot be used.
    pub(super) fn resolve(&self, typed: &str) -> Result<String, String> {
        let path = fold(typed);
        if self.there.contains_key(&path) {
            return Ok(path);
        }
        match self.by_name.get(&path).map(Vec::as_slice) {
            Some([only]) => return Ok(only.clone()),
            Some(several) => {
                let all = several.iter().map(|path| format!("“{}”", self.written(path))).collect::<Vec<_>>().join(", ");
                return Err(format!("Several teams are called “{typed}”. Write one of {all}."));
            }
            None => {}
        }
        if self.as_they_are.contains(&path) {
            return Ok(path);
        }
        let Some(meant) = self.meant(&path) else { return Ok(path) };
        Err(format!(
            "There is no team \"{typed}\". Did you mean \"{}\"? If it is a new team, make it first.",
            self.written(&meant)
        ))
    }

    /// Notes that somebody is in the team; brings it, and what is missing above it, if it is new.
    pub(super) fn use_for(&mut self, path: &str) {
        for (_, _, here) in steps(path) {
            if let Some(written) = self.in_file.get(here)
                && self.used.insert(here.to_owned())
            {
                self.new.push(written.clone());
            }
        }
    }

    /// The teams that the file brings, each after the one above it.
    pub(super) fn into_new(self) -> Vec<String> {
        self.new
    }

    fn written<'p>(&'p self, path: &'p str) -> &'p str {
        self.there.get(path).or_else(|| self.in_file.get(path)).map_or(path, String::as_str)
    }

    /// The folded path that `path`, which is not there, is probably a slip of.
    fn meant(&self, path: &str) -> Option<String> {
        for (above, name, here) in steps(path) {
            if self.there.contains_key(here) {
                continue;
            }
            let rest = path.get(here.len()..).unwrap_or_default();
            let with_rest = |found: &str| {
                let whole = format!("{found}{rest}");
                if self.there.contains_key(&whole) { whole } else { found.to_owned() }
            };
            let siblings = self.children_there.get(above).into_iter().flatten();
            if let Some(sibling) = siblings.into_iter().find(|sibling| is_slip(name, sibling)) {
                return Some(with_rest(&join(above, sibling)));
            }
            if here == path
                && above.is_empty()
                && let Some((_, paths)) = self.by_name.iter().find(|(known, _)| is_slip(name, known))
                && let [only] = paths.as_slice()
            {
                return Some(only.clone());
            }
            if let Some(sibling) = self.more_usual_in_file(above, name, here) {
                return Some(join(above, sibling));
            }
        }
        None
    }

    /// A sibling in the file that far more rows speak of.
    fn more_usual_in_file(&self, above: &str, name: &str, here: &str) -> Option<&str> {
        let rows = |path: &str| self.rows.get(path).copied().unwrap_or_default();
        let siblings = self.children_in_file.get(above)?;
        if rows(here) > RARE || siblings.len() > SIBLINGS_COMPARED {
            return None;
        }
        siblings
            .iter()
            .filter(|sibling| rows(&join(above, sibling)) > rows(here) && is_slip(name, sibling))
            .max_by_key(|sibling| rows(&join(above, sibling)))
            .map(String::as_str)
    }
}

/// A team that more rows speak of is no slip, however much it resembles another one in the file.
const RARE: usize = 2;
/// With more teams side by side than this, comparing all with all takes too long.
const SIBLINGS_COMPARED: usize = 1000;

/// For each team on the way to `path`: the path above it, its name, its path.
fn steps(path: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let ends = path.match_indices('/').map(|(place, _)| place).chain([path.len()]);
    ends.map(|end| {
        let here = path.get(..end).unwrap_or(path);
        let (above, name) = here.rsplit_once('/').unwrap_or(("", here));
        (above, name, here)
    })
}

fn join(above: &str, name: &str) -> String {
    if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") }
}
