//! What people said: voices, their comments, and the batches in which words reach the desks.
//!
//! Nothing here is ever written together with a row that names a member. Who asks (the session),
//! what an invitation is, and how words are collated for a release live elsewhere.

mod answer;
pub mod batch;
mod closing;
mod comment;
mod confirm;
mod desk;
mod desks;
mod entry;
mod fate;
mod finish;
mod folded;
pub mod group_response;
pub mod identifying;
pub mod kept;
mod progress;
mod queries;
mod replay;
mod search;
mod span;
mod tally;
#[cfg(test)]
mod tests;
mod voice;

pub use answer::{
    Answer, AnswerCounts, AnswerWords, Answered, CheckedAnswers, LabelAnswers, MyAnswer, NewAnswer, NewAnswers,
    StandingAnswer, WordsFilter, answer, answer_counts, answer_words, check as check_answers, choices_of,
    choose_for_answers, my_answers,
};
pub use closing::close;
pub use comment::{
    Amend, Checked, Comment, Mine, NewComment, Permission, Position, Quote, Source, Submitted, change, check, mine,
    mine_one, said_anything, said_by, submit, withdraw,
};
pub use confirm::confirm;
pub use desk::{Cursor, Desk, DeskComment, Filter, Found, Page, THEIRS};
pub use desks::Desks;
pub use entry::{DeskLabel, DeskPlace};
pub use fate::{Carried, FEWEST_TOLD, Fate, carried, fate};
pub use finish::{Finished, finish, finished};
pub use group_response::{Group, GroupState, Votes};
pub use kept::{Kept, wrote_anything};
pub use progress::{Band, LabelProgress, Progress, Progresses, not_finished, progress};
pub use replay::ReplayKey;
pub use search::Search;
pub use span::Span;
pub use tally::{By, Counts};
pub use voice::{Author, Kind, voice_id};
