//! Questions: asked, answered, prepared, counted.

use serde::Serialize;

use super::{Deadline, Page, Piece};

/// A question as members are asked it. Its form field is `field`; the words beside "other" are in
/// `FIELD-other`, and a text answer is in `FIELD` itself.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AskedView {
    pub id: String,
    /// `q-` and the id.
    pub field: String,
    /// From 1.
    pub number: usize,
    /// `one_choice`, `several`, `scale`, `short_text` or `long_text`.
    pub kind: &'static str,
    pub wording: String,
    pub help: String,
    pub about: Option<AskedAbout>,
    /// Empty for a question that is answered in words alone.
    pub choices: Vec<ChoiceView>,
    /// What the ends of a scale mean.
    pub ends: Vec<ScaleEnd>,
    pub offers_other: bool,
    pub words: String,
    /// What she answered before: it can be taken back.
    pub answered: bool,
    /// Tells whether she has changed it; empty where she has not answered.
    pub had: String,
}

/// The passage that a question is about.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AskedAbout {
    pub number: String,
    /// Shortened.
    pub text: String,
    pub read_url: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ChoiceView {
    pub value: String,
    /// `option`, `point`, `other` or `no_answer`.
    pub kind: &'static str,
    /// Of an option or a point.
    pub words: String,
    pub checked: bool,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ScaleEnd {
    pub point: i32,
    pub words: String,
}

/// `member/questions.html`: the two-minute route. Several questions on one page, or one of them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QuestionsPage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    pub back_url: String,
    pub action_url: String,
    pub questions: Vec<AskedView>,
    /// The number of the only question on the page; none: all are on it.
    pub at: Option<usize>,
    pub of: usize,
    /// To the next question, or to the draft, without an answer.
    pub skip_url: String,
    pub previous_url: Option<String>,
    /// The name that will stand beside the words.
    pub label: String,
    /// Asked once per response, where something can be answered in words.
    pub asks_choices: bool,
    pub permission: String,
    pub with_my_name: bool,
    /// Present where the device may write but not see what was said elsewhere.
    pub code_url: Option<String>,
    /// Nothing can be sent: this is how an organiser sees it.
    pub preview: bool,
    /// `held` or `shown` for a colleague who is not a member.
    pub apart: Option<&'static str>,
    /// Keeps what she types.
    pub keep: Option<super::Keep>,
}

/// `member/answered.html`: her answers are with us.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AnsweredPage {
    pub page: Page,
    pub title: String,
    pub deadline: Deadline,
    pub reference: Option<String>,
    pub late: bool,
    /// Questions that keep the answer given on another device, with what was typed now.
    pub kept: Vec<KeptAnswer>,
    pub code_url: String,
    pub read_url: String,
    pub finish_url: String,
    pub change_url: Option<String>,
    pub join_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct KeptAnswer {
    pub number: usize,
    pub wording: String,
    pub words: String,
}

/// `member/answers_late.html`: answers that came too late, shown back.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AnswersLatePage {
    pub page: Page,
    pub deadline: Deadline,
    pub arrived_words: String,
    pub answers: Vec<OwnAnswerView>,
    pub read_url: String,
}

/// Her answers, for `parts/answers.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnAnswers {
    pub items: Vec<OwnAnswerView>,
    /// How many questions there are.
    pub of: usize,
    /// One for all that were sent together.
    pub reference: Option<String>,
    /// Where they are given and changed; absent once comments are closed.
    pub change_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnAnswerView {
    pub id: String,
    pub number: usize,
    pub wording: String,
    pub choices: Vec<ChoiceView>,
    pub words: String,
    pub late: bool,
}

/// On the reading page: what she is asked, and how far she is.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QuestionsOffer {
    pub count: usize,
    pub answered: usize,
    /// Whether answers were typed and not sent.
    pub begun: bool,
    pub url: String,
}

/// `desk/questions.html`: the list that an organiser prepares.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskQuestions {
    pub page: Page,
    pub questions: Vec<DeskQuestion>,
    /// Whether everything may still be changed; later only new ones come to the end.
    pub preparing: bool,
    /// Whether one more may be added.
    pub add_url: Option<String>,
    pub preview_url: Option<String>,
    /// Takes a POST: puts three good questions into an empty list.
    pub preset_url: Option<String>,
    pub check_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskQuestion {
    pub number: usize,
    pub kind: &'static str,
    pub wording: String,
    pub help: String,
    /// The words of the options, in one line each.
    pub options: Vec<String>,
    pub scale_words: String,
    pub offers_other: bool,
    pub offers_no_answer: bool,
    /// The passage it is about, by its number; `Some("")`: one that is no longer in the draft.
    pub about: Option<String>,
    pub edit_url: Option<String>,
    /// Take a POST.
    pub up_url: Option<String>,
    pub down_url: Option<String>,
    pub remove_url: Option<String>,
}

/// `desk/question.html`: one question to write. Form fields have the names of the fields below.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "boxes of a form")]
pub struct DeskQuestionForm {
    pub page: Page,
    pub is_new: bool,
    /// Whether the consultation is open, so that it can never be changed again.
    pub is_final: bool,
    pub action_url: String,
    pub back_url: String,
    pub kind: String,
    pub wording: String,
    pub help: String,
    /// One on a line.
    pub options: String,
    pub other: bool,
    pub prefer_not_to_say: bool,
    pub scale_from: String,
    pub scale_to: String,
    pub from_words: String,
    pub to_words: String,
    /// A passage's number.
    pub block: String,
}

/// `desk/answers.html`: how the questions were answered.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskAnswers {
    pub page: Page,
    pub questions: Vec<AnsweredQuestion>,
    /// All labels, to look at one of them; and the one that is looked at.
    pub labels: Vec<String>,
    pub label: String,
    pub action_url: String,
    pub all_url: String,
    pub batch_words: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct AnsweredQuestion {
    pub number: usize,
    pub kind: &'static str,
    pub wording: String,
    pub about: Option<String>,
    pub about_url: String,
    pub answered: usize,
    pub rows: Vec<ChoiceRow>,
    /// The heads of the table of labels: the choices.
    pub labels: Vec<LabelAnswersRow>,
    pub words: Vec<DeskAnswerWords>,
    pub words_count: usize,
    /// Where all of them are read.
    pub words_url: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ChoiceRow {
    pub choice: ChoiceView,
    pub count: usize,
    /// Of those who answered the question.
    pub percent: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct LabelAnswersRow {
    pub label: String,
    pub answered: usize,
    pub counts: Vec<LabelCell>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct LabelCell {
    pub count: usize,
    /// 0 to 5: how dark the cell is.
    pub step: usize,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskAnswerWords {
    pub words: Vec<Piece>,
    pub permission: String,
    pub label: String,
    pub name: Option<String>,
    pub late: bool,
}

/// `desk/answer_words.html`: what was said to one question.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskWordsPage {
    pub page: Page,
    pub number: usize,
    pub wording: String,
    pub label: String,
    pub labels: Vec<String>,
    pub action_url: String,
    pub words: Vec<DeskAnswerWords>,
    pub count: usize,
    pub next_url: Option<String>,
    pub back_url: String,
}
