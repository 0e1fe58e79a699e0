//! Which of two names is likely a slip of the other.

/// Whether `typed` is probably `known` with a slip in it; both folded and not equal. Names that
/// differ in a number or in a short word (*Team 1, Team 2; Day Shift, Bay Shift*) are two names.
pub(super) fn is_slip(typed: &str, known: &str) -> bool {
    let (typed_words, known_words): (Vec<_>, Vec<_>) = (words(typed), words(known));
    if typed_words.concat() == known_words.concat() {
        return true;
    }
    typed_words.len() == known_words.len()
        && typed_words.iter().zip(&known_words).all(|(typed, known)| typed == known || is_near(typed, known))
}

fn words(name: &str) -> Vec<String> {
    name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_near(typed: &str, known: &str) -> bool {
    let length = typed.chars().count().min(known.chars().count());
    let has_digit = |word: &str| word.chars().any(char::is_numeric);
    if length < 4 || has_digit(typed) || has_digit(known) {
        return false;
    }
    let distance = strsim::osa_distance(typed, known);
    distance <= 1 || (distance == 2 && length >= 8 && typed.chars().next() == known.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_names_that_are_meant() {
        for (typed, known) in [
            ("educaton", "education"),
            ("chidlren's services", "children's services"),
            ("erly help", "early help"),
            ("earlyhelp", "early help"),
            ("childrens services", "children's services"),
            ("maintanence", "maintenance"),
        ] {
            assert!(is_slip(typed, known), "{typed}: {known}");
        }
        for (typed, known) in [
            ("team 1", "team 2"),
            ("team 11", "team 12"),
            ("team a", "team b"),
            ("north", "south"),
            ("northern area", "southern area"),
            ("day shift", "bay shift"),
            ("internal audit", "external audit"),
            ("housing", "nursing"),
            ("education", "education north"),
        ] {
            assert!(!is_slip(typed, known), "{typed}: {known}");
        }
    }
}
