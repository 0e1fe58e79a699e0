//! Numbers of list items and clauses, as office programs count them.

/// Deepest level that is counted.
pub(super) const LEVELS: usize = 10;

/// How one level is numbered.
#[derive(Debug, Clone)]
pub(super) struct Level {
    pub(super) start: u32,
    pub(super) form: Form,
    /// Where the counts stand in it: `%1.%2`, `(%3)`.
    pub(super) pattern: String,
    /// The levels above are shown as 1, 2, 3 whatever their own form.
    pub(super) is_legal: bool,
    /// Goes on counting under a new number of the level above.
    pub(super) goes_on: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self { start: 1, form: Form::Decimal, pattern: String::new(), is_legal: false, goes_on: false }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Decimal,
    /// 01, 02.
    Padded,
    /// 1st, 2nd.
    Ordinal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    Bullet,
    Nothing,
}

/// The counts of one list.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts([Option<u32>; LEVELS]);

impl Counts {
    /// Counts on at a level and answers what stands before the words: nothing for a bullet.
    pub(super) fn next(&mut self, levels: &[Level], level: usize, start: Option<u32>) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let own = levels.get(level)?;
        let before = self.0.get(level).copied().flatten();
        let now = start.or_else(|| before.map(|count| count.saturating_add(1))).unwrap_or(own.start);
        for (place, count) in self.0.iter_mut().enumerate() {
            if place == level {
                *count = Some(now);
            } else if place > level && !levels.get(place).is_some_and(|deeper| deeper.goes_on) {
                *count = None;
            }
        }
        self.shown(levels, level)
    }

    fn shown(&self, levels: &[Level], level: usize) -> Option<String> {
        let own = levels.get(level)?;
        if matches!(own.form, Form::Bullet) {
            return None;
        }
        let mut shown = String::new();
        let mut signs = own.pattern.chars().peekable();
        while let Some(sign) = signs.next() {
            let named = signs.peek().filter(|_| sign == '%').and_then(|digit| digit.to_digit(10));
            let Some(named) = named.filter(|named| *named > 0) else {
                shown.push(sign);
                continue;
            };
            signs.next();
            let place = usize::try_from(named - 1).unwrap_or_default();
            let Some(of) = levels.get(place) else { continue };
            let count = self.0.get(place).copied().flatten().unwrap_or(of.start);
            let form = if own.is_legal && place < level { Form::Decimal } else { of.form };
            shown.push_str(&form.write(count));
        }
        let shown = shown.trim();
        (!shown.is_empty()).then(|| shown.to_owned())
    }
}

impl Form {
    pub(super) fn write(self, count: u32) -> String {
        match self {
            Self::Decimal => count.to_string(),
            Self::Padded => format!("{count:02}"),
            Self::Ordinal => {
                let end = match (count % 10, count % 100) {
                    (_, 11..=13) => "th",
                    (1, _) => "st",
                    (2, _) => "nd",
                    (3, _) => "rd",
                    _ => "th",
                };
                format!("{count}{end}")
            }
            Self::LowerLetter => letters(count),
            Self::UpperLetter => letters(count).to_uppercase(),
            Self::LowerRoman => roman(count),
            Self::UpperRoman => roman(count).to_uppercase(),
            Self::Bullet | Self::Nothing => String::new(),
        }
    }
}

/// a … z, aa, bb, as Word counts.
fn letters(count: u32) -> String {
    let Some(place) = count.checked_sub(1) else { return "0".to_owned() };
    let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or_default());
    let times = usize::try_from(place / 26 + 1).unwrap_or(1).min(20);
    std::iter::repeat_n(letter, times).collect()
}

fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count == 0 || count > 4_999 {
        return count.to_string();
    }
    let (mut left, mut written) = (count, String::new());
    for (worth, sign) in SIGNS {
        while left >= worth {
            written.push_str(sign);
            left -= worth;
        }
    }
    written
}

/// Whether what stands before the words is a clause's number, such as `4.2`, and not a list's mark.
pub(super) fn is_clause(mark: &str) -> bool {
    let bare = mark.trim_end_matches(['.', ')']);
    let parts: Vec<&str> = bare.split('.').collect();
    parts.len() > 1 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|sign| sign.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(form: Form, pattern: &str) -> Level {
        Level { form, pattern: pattern.to_owned(), ..Level::default() }
    }

    #[test]
    fn clauses_are_counted_as_word_counts_them() {
        let levels = [
            level(Form::Decimal, "%1."),
            level(Form::Decimal, "%1.%2"),
            level(Form::LowerLetter, "(%3)"),
            level(Form::LowerRoman, "%4)"),
        ];
        let mut counts = Counts::default();
        let shown: Vec<String> =
            [0, 1, 1, 2, 2, 3, 1, 0, 1].map(|at| counts.next(&levels, at, None).unwrap()).into_iter().collect();
        assert_eq!(shown, ["1.", "1.1", "1.2", "(a)", "(b)", "i)", "1.3", "2.", "2.1"]);
        assert_eq!(counts.next(&levels, 0, Some(7)).as_deref(), Some("7."));
        // A level above that never counted is shown with its start.
        assert_eq!(Counts::default().next(&levels, 1, None).as_deref(), Some("1.1"));
    }

    #[test]
    fn letters_and_roman_numbers() {
        assert_eq!([1, 26, 27, 53].map(letters), ["a", "z", "aa", "aaa"]);
        assert_eq!([4, 9, 14, 1999].map(roman), ["iv", "ix", "xiv", "mcmxcix"]);
        assert_eq!([1, 2, 3, 11, 22].map(|count| Form::Ordinal.write(count)), ["1st", "2nd", "3rd", "11th", "22nd"]);
        assert!(is_clause("4.2") && is_clause("4.2.1.") && !is_clause("4.") && !is_clause("(a)") && !is_clause("1.a"));
    }
}
