//! The line of responses from day to day, drawn on the server.

use chrono::NaiveDate;

use crate::web::view::{DayChart, Dot, Level};
use crate::words::{Language, Words};

/// The plane of the line inside the picture of 360 by 190.
const LEFT: usize = 34;
const RIGHT: usize = 350;
const TOP: usize = 12;
const BOTTOM: usize = 160;

/// The line of `days` (each day and how many responded up to then), in order; none for no day.
#[must_use]
pub fn line(words: &Words, days: &[(NaiveDate, usize)]) -> Option<DayChart> {
    let ((first, _), (last, most)) = (days.first()?, days.last()?);
    let step = step(*most);
    let ceiling = most.div_ceil(step).max(1) * step;
    let whole = usize::try_from((*last - *first).num_days()).unwrap_or_default();
    let height = |count: usize| BOTTOM - (BOTTOM - TOP) * count / ceiling;
    let dots: Vec<Dot> = days
        .iter()
        .map(|(day, count)| {
            let gone = usize::try_from((*day - *first).num_days()).unwrap_or_default();
            let along = ((RIGHT - LEFT) * gone).checked_div(whole).unwrap_or((RIGHT - LEFT) / 2);
            Dot { x: LEFT + along, y: height(*count) }
        })
        .collect();
    let line = dots.iter().map(|dot| format!("{},{}", dot.x, dot.y)).collect::<Vec<_>>().join(" ");
    let levels = (0..=ceiling / step).map(|n| Level { y: height(n * step), count: n * step }).collect();
    let said = |day: &NaiveDate| words.date_words(Language::English, *day);
    let last_words = if whole == 0 { String::new() } else { said(last) };
    Some(DayChart { line, dots, levels, first_words: said(first), last_words })
}

/// The distance of two lines across: 1, 2 or 5 with noughts, so that there are at most five.
fn step(most: usize) -> usize {
    let mut size = 1;
    loop {
        for step in [size, size * 2, size * 5] {
            if step * 5 >= most {
                return step;
            }
        }
        size *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn levels_are_round_numbers_and_few() {
        assert_eq!([0, 5, 6, 11, 26, 124, 5000].map(step), [1, 1, 2, 5, 10, 50, 1000]);
    }

    #[test]
    fn the_line_rises_from_the_first_day_to_the_last() {
        let chart = line(&Words::load().unwrap(), &[(day(23), 4), (day(24), 9), (day(27), 12)]).unwrap();
        assert_eq!(chart.line, "34,121 113,72 350,42");
        assert_eq!(chart.levels.iter().map(|level| level.count).collect::<Vec<_>>(), [0, 5, 10, 15]);
        assert_eq!(
            (chart.first_words.as_str(), chart.last_words.as_str()),
            ("Monday 23 November", "Friday 27 November")
        );
    }

    #[test]
    fn a_single_day_is_one_dot_in_the_middle() {
        let chart = line(&Words::load().unwrap(), &[(day(23), 10)]).unwrap();
        assert_eq!((chart.dots.len(), chart.dots[0].x, chart.last_words.as_str()), (1, 192, ""));
        assert!(line(&Words::load().unwrap(), &[]).is_none());
    }
}
