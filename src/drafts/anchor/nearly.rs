//! Words that are nearly the same.

/// Places with at most a fifth of the quote's signs other than they were, each the best where it
/// stands: start, end, how alike (0 to 1). Fewer than half of the longer words the same is no place.
pub(super) fn places(text: &[char], quote: &[char]) -> Vec<(usize, usize, f64)> {
    let most = if quote.len() < 32 { quote.len() / 8 } else { quote.len() / 5 };
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (end, errors, start) in search(text, quote, most) {
        match found.last_mut() {
            Some((before, best_end, best)) if start < *best_end => {
                if errors < *best {
                    (*before, *best_end, *best) = (start, end, errors);
                }
            }
            _ => found.push((start, end, errors)),
        }
    }
    let like = |(start, end, errors): (usize, usize, usize)| (start, end, 1.0 - part(errors, quote.len()));
    found.into_iter().filter(|(start, end, _)| shares_words(&text[*start..*end], quote)).map(like).collect()
}

/// For each end of a place with at most `most` errors: the end, the errors, the start. Only the
/// cells that may still be within the limit are looked at, so that time grows with text times limit.
pub(super) fn search(text: &[char], quote: &[char], most: usize) -> Vec<(usize, usize, usize)> {
    let mut column: Vec<(usize, usize)> = (0..=quote.len()).map(|errors| (errors, 0)).collect();
    let mut last = most.min(quote.len());
    let mut found = Vec::new();
    for (at, sign) in text.iter().enumerate() {
        let mut corner = column[0];
        column[0] = (0, at + 1);
        let end = (last + 1).min(quote.len());
        for row in 1..=end {
            let left = if row <= last { column[row] } else { (most + 1, at) };
            let above = column[row - 1];
            let through = (corner.0 + usize::from(quote[row - 1] != *sign), corner.1);
            let best = [through, (left.0 + 1, left.1), (above.0 + 1, above.1)];
            corner = left;
            column[row] = best.into_iter().min_by_key(|(errors, _)| *errors).unwrap_or(through);
        }
        last = end;
        while column[last].0 > most {
            last -= 1;
        }
        if last == quote.len() {
            found.push((at + 1, column[last].0, column[last].1));
        }
    }
    found
}

/// 1 for the same signs, 0 for nothing in common (Levenshtein).
pub(super) fn likeness(one: &[char], other: &[char]) -> f64 {
    let longer = one.len().max(other.len());
    if longer == 0 {
        return 1.0;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, sign) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (place, same) in other.iter().enumerate() {
            let through = corner + usize::from(sign != same);
            corner = row[place + 1];
            row[place + 1] = through.min(corner + 1).min(row[place] + 1);
        }
    }
    1.0 - part(row[other.len()], longer)
}

fn shares_words(text: &[char], quote: &[char]) -> bool {
    const LONG: usize = 4;
    let words = |signs: &'_ [char]| -> Vec<Vec<char>> {
        let words = signs.split(|sign| !sign.is_alphanumeric()).filter(|word| word.len() >= LONG);
        words.map(<[char]>::to_vec).collect()
    };
    let (quoted, mut standing) = (words(quote), words(text));
    let mut shared = 0;
    for word in &quoted {
        if let Some(at) = standing.iter().position(|one| one == word) {
            standing.swap_remove(at);
            shared += 1;
        }
    }
    shared * 2 >= quoted.len()
}

fn part(some: usize, all: usize) -> f64 {
    let number = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    (number(some) / number(all)).min(1.0)
}
