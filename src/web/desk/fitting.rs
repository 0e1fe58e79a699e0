//! Pages that stay small whatever people wrote.

use crate::web::error::Failure;

/// Most bytes of a page of the desks after the first view.
pub const BYTES_MAX: usize = 15_000;

/// Renders with as many of `most` items as fit, at least one; how many, and the page.
///
/// # Errors
/// Those of `render`.
pub fn fitting(most: usize, render: impl Fn(usize) -> Result<String, Failure>) -> Result<(usize, String), Failure> {
    let mut shown = most;
    loop {
        let html = render(shown)?;
        if html.len() <= BYTES_MAX || shown <= 1 {
            return Ok((shown, html));
        }
        // What is around the items does not shrink, so this comes close from above.
        shown = (shown * BYTES_MAX / html.len()).clamp(1, shown - 1);
    }
}

/// The bytes a character takes on a page.
#[must_use]
pub fn cost(sign: char) -> usize {
    match sign {
        '&' => 5,
        '<' | '>' => 4,
        '"' => 6,
        other => other.len_utf8(),
    }
}

/// The longest beginning of `text` that costs at most `most`, cut between words where that loses little.
#[must_use]
pub fn beginning(text: &str, most: usize) -> &str {
    let mut spent = 0;
    let too_far = text.char_indices().find(|(_, sign)| {
        spent += cost(*sign);
        spent > most
    });
    let Some((end, _)) = too_far else { return text };
    let cut = &text[..end];
    match cut.rfind(char::is_whitespace) {
        Some(blank) if blank > end / 2 => cut[..blank].trim_end(),
        _ => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_as_fits_is_shown_and_never_nothing() {
        let page = |each: usize| move |shown: usize| Ok("x".repeat(5_000 + shown * each));
        assert_eq!(fitting(40, page(100)).unwrap().0, 40);
        let (shown, html) = fitting(40, page(1_000)).unwrap();
        assert!(shown >= 9 && html.len() <= BYTES_MAX, "{shown}");
        assert_eq!(fitting(40, page(50_000)).unwrap().0, 1);
    }

    #[test]
    fn a_beginning_ends_between_words() {
        assert_eq!(beginning("two deputies by summer", 15), "two deputies");
        assert_eq!(beginning("short", 15), "short");
        assert_eq!(beginning("<<<<<<", 9), "<<");
        assert_eq!(beginning("ééééé", 5), "éé");
    }
}
