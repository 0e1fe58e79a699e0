//! The name of a consultation in its addresses.

use unicode_normalization::UnicodeNormalization;

use super::queries;
use crate::links::NO_SLUGS;
use crate::store::{Fault, Tx};

/// A slug made from a title, with a number behind it when others have it.
///
/// # Errors
/// When the database fails.
pub fn free_slug(tx: &mut Tx, title: &str) -> Result<String, Fault> {
    let mut taken: Vec<String> = queries::list(tx)?.into_iter().map(|one| one.slug).collect();
    taken.extend(NO_SLUGS.iter().map(|&word| word.to_owned()));
    let wanted = slug_of(title);
    if !taken.contains(&wanted) {
        return Ok(wanted);
    }
    // One of as many numbers as there are slugs, and one more, is free.
    let mut numbered = (2..taken.len() + 3).map(|number| format!("{wanted}-{number}"));
    Ok(numbered.find(|slug| !taken.contains(slug)).unwrap_or(wanted))
}

/// Room for a number behind it.
const SLUG_MAX: usize = 54;

fn slug_of(title: &str) -> String {
    let mut slug = String::new();
    for sign in title.nfkd().filter(|sign| !('\u{300}'..='\u{36f}').contains(sign) && *sign != '\'' && *sign != '’') {
        match sign.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() => slug.push(letter),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
        if slug.len() == SLUG_MAX {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "consultation".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug_of;

    #[test]
    fn a_title_becomes_a_slug() {
        assert_eq!(slug_of("Children’s Services: our draft (2026)"), "childrens-services-our-draft-2026");
        assert_eq!(slug_of("Überprüfung"), "uberprufung");
        assert_eq!(slug_of("  — ! "), "consultation");
        assert!(slug_of(&"long ".repeat(40)).len() <= 54);
    }
}
