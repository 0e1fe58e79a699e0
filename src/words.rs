//! The words Soundings says: every sentence a person reads stands in
//! `messages/en/`, is found here by its id, and is spoken in one language.
//!
//! No other room is used, so that any room may speak. A missing id is never an
//! empty place on a page: it comes out as `⟦id⟧`, which nobody can overlook.

use std::borrow::Cow;
use std::str::Utf8Error;

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

const MESSAGES: &str = "en/";

const WEEKDAYS: [&str; 7] = [
    "weekday-monday",
    "weekday-tuesday",
    "weekday-wednesday",
    "weekday-thursday",
    "weekday-friday",
    "weekday-saturday",
    "weekday-sunday",
];

const MONTHS: [&str; 12] = [
    "month-january",
    "month-february",
    "month-march",
    "month-april",
    "month-may",
    "month-june",
    "month-july",
    "month-august",
    "month-september",
    "month-october",
    "month-november",
    "month-december",
];

/// The letters of the pseudo language, one above the other.
const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DRESSED: &str = "áƀçðéƒĝĥíĵķļɱñöþɋŕšţûṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";

/// A language Soundings can speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    #[default]
    English,
    /// English with every letter dressed up, so that a test sees at once
    /// which words did not come from the messages.
    Pseudo,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Pseudo];

    /// The tag that stands in `<html lang>` and in the member file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Pseudo => "en-XA",
        }
    }

    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// What can be set into a message: words or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Value<'_> {
    fn from(number: i32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// Why the catalogue could not be read. All of these are mistakes in the build.
#[derive(Debug, thiserror::Error)]
pub enum WordsFault {
    #[error("the message file {0} is not part of this build")]
    Missing(String),
    #[error("the message file {file} is not UTF-8")]
    NotText { file: String, source: Utf8Error },
    #[error("the message file {file} cannot be read: {detail}")]
    Malformed { file: String, detail: String },
}

/// The catalogue, read once at the start and shared by all.
pub struct Words {
    english: FluentBundle<FluentResource>,
    pseudo: FluentBundle<FluentResource>,
}

impl Words {
    /// Reads the embedded messages.
    ///
    /// # Errors
    /// When the file is absent, not text, or says something twice.
    pub fn load() -> Result<Self, WordsFault> {
        let mut pseudo = bundle()?;
        pseudo.set_transform(Some(dressed_up));
        Ok(Self { english: bundle()?, pseudo })
    }

    /// Says the message `id` with `values` set into it.
    #[must_use]
    pub fn say(&self, language: Language, id: &str, values: &[(&str, Value<'_>)]) -> String {
        let bundle = match language {
            Language::English => &self.english,
            Language::Pseudo => &self.pseudo,
        };
        let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
            return format!("⟦{id}⟧");
        };
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(*name, fluent_value(value));
        }
        let mut faults = Vec::new();
        let said = bundle.format_pattern(pattern, Some(&args), &mut faults);
        if faults.is_empty() {
            said.into_owned()
        } else {
            // A value that a message wants and did not get is as wrong as a missing id.
            format!("⟦{id}: {said}⟧")
        }
    }

    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.english.has_message(id)
    }

    /// What is wrong with a form field, in the words for that field if there
    /// are any (`problem-FIELD-CODE`), else for the code alone
    /// (`problem-CODE`), else in `detail`, the sentence for programs.
    #[must_use]
    pub fn problem_words(&self, language: Language, field: &str, code: &str, detail: &str) -> String {
        [format!("problem-{field}-{code}"), format!("problem-{code}")]
            .iter()
            .find(|id| self.has(id))
            .map_or_else(|| detail.to_owned(), |id| self.say(language, id, &[]))
    }

    /// "Friday 4 December, 5 pm", or "the end of Friday 4 December".
    #[must_use]
    pub fn deadline_words(&self, language: Language, local: NaiveDateTime) -> String {
        match Moment::of(local) {
            Moment::EndOf(date) => {
                let date = self.date_words(language, date);
                self.say(language, "date-end-of", &[("date", date.into())])
            }
            Moment::At(date, time) => {
                let date = self.date_words(language, date);
                let time = self.time_words(language, time);
                let values = [("date", date.into()), ("time", time.into())];
                self.say(language, "date-and-time", &values)
            }
        }
    }

    /// "Comments close Friday 4 December at 5 pm", as a sentence without its full stop.
    #[must_use]
    pub fn closes_words(&self, language: Language, local: NaiveDateTime, closed: bool) -> String {
        match Moment::of(local) {
            Moment::EndOf(date) => {
                let values = [("date", self.date_words(language, date).into())];
                if closed {
                    self.say(language, "deadline-closed-end-of", &values)
                } else {
                    self.say(language, "deadline-closes-end-of", &values)
                }
            }
            Moment::At(date, time) => {
                let date = self.date_words(language, date);
                let time = self.time_words(language, time);
                let values = [("date", date.into()), ("time", time.into())];
                if closed {
                    self.say(language, "deadline-closed-at", &values)
                } else {
                    self.say(language, "deadline-closes-at", &values)
                }
            }
        }
    }

    /// "3 days left", "5 hours left", "20 minutes left" or "closed". Rounds
    /// down, so that nobody is promised time she does not have.
    #[must_use]
    pub fn left_words(&self, language: Language, remaining: Duration) -> String {
        if remaining <= Duration::zero() {
            return self.say(language, "left-closed", &[]);
        }
        if remaining.num_days() >= 1 {
            return self.say(language, "left-days", &[("count", remaining.num_days().into())]);
        }
        if remaining.num_hours() >= 1 {
            return self.say(language, "left-hours", &[("count", remaining.num_hours().into())]);
        }
        if remaining.num_minutes() >= 1 {
            let minutes = remaining.num_minutes();
            return self.say(language, "left-minutes", &[("count", minutes.into())]);
        }
        self.say(language, "left-moment", &[])
    }

    /// "Friday 4 December".
    #[must_use]
    pub fn date_words(&self, language: Language, date: NaiveDate) -> String {
        let weekday = self.say(language, weekday_id(date), &[]);
        let month = self.say(language, month_id(date), &[]);
        let values = [("weekday", weekday.into()), ("day", date.day().into()), ("month", month.into())];
        self.say(language, "date-day", &values)
    }

    /// "5 pm", "5.30 pm", "noon".
    #[must_use]
    pub fn time_words(&self, language: Language, time: NaiveTime) -> String {
        if (time.hour(), time.minute()) == (12, 0) {
            return self.say(language, "time-noon", &[]);
        }
        let (afternoon, hour) = time.hour12();
        let clock = if time.minute() == 0 { hour.to_string() } else { format!("{hour}.{:02}", time.minute()) };
        let values = [("clock", clock.into())];
        if afternoon { self.say(language, "time-pm", &values) } else { self.say(language, "time-am", &values) }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Words").finish_non_exhaustive()
    }
}

#[derive(RustEmbed)]
#[folder = "messages/"]
struct MessageFiles;

/// How a person says an instant: midnight belongs to the day that ends with it.
enum Moment {
    At(NaiveDate, NaiveTime),
    EndOf(NaiveDate),
}

impl Moment {
    fn of(local: NaiveDateTime) -> Self {
        let (date, time) = (local.date(), local.time());
        if (time.hour(), time.minute()) == (23, 59) {
            return Self::EndOf(date);
        }
        match date.pred_opt() {
            Some(eve) if time == NaiveTime::MIN => Self::EndOf(eve),
            _ => Self::At(date, time),
        }
    }
}

fn bundle() -> Result<FluentBundle<FluentResource>, WordsFault> {
    let malformed = |file: &str, detail: String| WordsFault::Malformed { file: file.to_owned(), detail };
    let english: LanguageIdentifier =
        Language::English.code().parse().map_err(|fault| malformed(MESSAGES, format!("{fault}")))?;
    // The pseudo language counts as English does, hence the same locale.
    let mut bundle = FluentBundle::new_concurrent(vec![english]);
    bundle.set_use_isolating(false);
    for name in MessageFiles::iter().filter(|name| name.starts_with(MESSAGES)) {
        let file = MessageFiles::get(&name).ok_or_else(|| WordsFault::Missing(name.to_string()))?;
        let source =
            std::str::from_utf8(&file.data).map_err(|source| WordsFault::NotText { file: name.to_string(), source })?;
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, faults)| malformed(&name, format!("{faults:?}")))?;
        bundle.add_resource(resource).map_err(|faults| malformed(&name, format!("{faults:?}")))?;
    }
    Ok(bundle)
}

fn fluent_value<'a>(value: &'a Value<'_>) -> FluentValue<'a> {
    match value {
        Value::Text(text) => FluentValue::from(text.as_ref()),
        Value::Number(number) => FluentValue::from(*number),
    }
}

fn weekday_id(date: NaiveDate) -> &'static str {
    let index = date.weekday().num_days_from_monday() as usize;
    WEEKDAYS.get(index).copied().unwrap_or_default()
}

fn month_id(date: NaiveDate) -> &'static str {
    MONTHS.get(date.month0() as usize).copied().unwrap_or_default()
}

/// Every letter with an accent, the whole in brackets: still readable, never
/// mistaken for a word somebody wrote into a template.
fn dressed_up(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_alphabetic) {
        return Cow::Borrowed(text);
    }
    let dressed: String = text.chars().map(dressed_letter).collect();
    Cow::Owned(format!("[{dressed}]"))
}

fn dressed_letter(letter: char) -> char {
    PLAIN.chars().zip(DRESSED.chars()).find(|(plain, _)| *plain == letter).map_or(letter, |(_, dressed)| dressed)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap()
    }

    #[test]
    fn deadlines_are_said_as_people_say_them() {
        let words = Words::load().unwrap();
        let said = |text| words.deadline_words(Language::English, at(text));
        assert_eq!(said("2026-12-04 17:00:00"), "Friday 4 December, 5 pm");
        assert_eq!(said("2026-12-04 17:30:00"), "Friday 4 December, 5.30 pm");
        assert_eq!(said("2026-12-04 12:00:00"), "Friday 4 December, noon");
        assert_eq!(said("2026-12-04 09:05:00"), "Friday 4 December, 9.05 am");
        assert_eq!(said("2026-12-04 23:59:59"), "the end of Friday 4 December");
        assert_eq!(said("2026-12-05 00:00:00"), "the end of Friday 4 December");
        let closes = |text, closed| words.closes_words(Language::English, at(text), closed);
        assert_eq!(closes("2026-12-04 17:00:00", false), "Comments close Friday 4 December at 5 pm");
        assert_eq!(closes("2026-12-04 23:59:59", true), "Comments closed at the end of Friday 4 December");
    }

    #[test]
    fn time_left_rounds_down() {
        let words = Words::load().unwrap();
        let said = |left| words.left_words(Language::English, left);
        assert_eq!(said(Duration::hours(95)), "3 days left");
        assert_eq!(said(Duration::hours(24)), "1 day left");
        assert_eq!(said(Duration::minutes(359)), "5 hours left");
        assert_eq!(said(Duration::minutes(20)), "20 minutes left");
        assert_eq!(said(Duration::seconds(9)), "less than a minute left");
        assert_eq!(said(Duration::zero()), "closed");
        assert_eq!(said(Duration::hours(-1)), "closed");
    }

    #[test]
    fn all_days_and_months_have_names() {
        let words = Words::load().unwrap();
        for day in 1..=365 {
            let date = NaiveDate::from_yo_opt(2026, day).unwrap();
            let said = words.date_words(Language::English, date);
            assert!(!said.contains('⟦'), "{said}");
        }
    }

    #[test]
    fn a_missing_message_or_value_cannot_be_overlooked() {
        let words = Words::load().unwrap();
        assert_eq!(words.say(Language::English, "no-such-id", &[]), "⟦no-such-id⟧");
        assert!(words.say(Language::English, "left-days", &[]).contains('⟦'));
    }

    #[test]
    fn the_pseudo_language_changes_words_but_not_values() {
        let words = Words::load().unwrap();
        let said = words.say(Language::Pseudo, "time-pm", &[("clock", "5".into())]);
        assert_eq!(said, "5[ þɱ]");
        assert_eq!(Language::from_code("EN-xa"), Some(Language::Pseudo));
        assert_eq!(Language::from_code("fr"), None);
    }

    /// Every id that a template or a line of Rust asks for exists. An id put
    /// together from parts is checked by its beginning.
    #[test]
    fn every_id_asked_for_exists() {
        let words = Words::load().unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let source: String =
            files(&root.join("messages").join(MESSAGES)).iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        let mut missing = Vec::new();
        let mut check = |file: &Path, id: &str, beginning: bool| {
            let known = if beginning { source.lines().any(|line| line.starts_with(id)) } else { words.has(id) };
            if !known {
                missing.push(format!("{}: {id}", file.display()));
            }
        };
        for file in files(&root.join("templates")) {
            let text = fs::read_to_string(&file).unwrap();
            for asked in text.split("t(id=\"").skip(1) {
                let (id, rest) = asked.split_once('"').unwrap();
                check(&file, id, rest.trim_start().starts_with('~'));
            }
        }
        for file in files(&root.join("src")) {
            let text = fs::read_to_string(&file).unwrap_or_default();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for asked in code.split(".say(").skip(1) {
                let Some((_, rest)) = asked.split_once(',') else { continue };
                let Some(literal) = rest.trim_start().strip_prefix('"') else { continue };
                let (id, _) = literal.split_once('"').unwrap();
                check(&file, id, false);
            }
        }
        assert!(missing.is_empty(), "no such message:\n{}", missing.join("\n"));
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(files(&path));
            } else if path.extension().is_some_and(|e| ["rs", "html", "txt", "ftl"].iter().any(|known| e == *known)) {
                found.push(path);
            }
        }
        found
    }
}
