//! Words that are kept while they are typed, in a real Chromium: 200 random interruptions, and the
//! states in which she sees her form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use soundings::ids::Chance;

use super::window::{Setup, Window};
use crate::support::{Branch, Database, Letter, Member, SLUG, Visitor, until};

const INTERRUPTIONS: usize = 200;
/// What may be lost when a page goes without notice.
const LOST_MILLIS: u64 = 3_000;

/// Time is handed in: the page's timers wait for the test, and what is under way is counted.
/// `power` off: nothing that the page still wants to send leaves it.
const CLOCK: &str = "(() => { \
    const clock = window.__clock = { now: 0, next: 1, tasks: new Map(), asked: 0, done: 0, power: true, held: window.setTimeout.bind(window) }; \
    window.setTimeout = (work, wait = 0) => { clock.tasks.set(clock.next, [clock.now + wait, work]); return clock.next++; }; \
    window.clearTimeout = (task) => { clock.tasks.delete(task); }; \
    const fetch = window.fetch.bind(window); \
    window.fetch = async (...asked) => { \
        if (!clock.power) throw new TypeError('no power'); \
        clock.asked += 1; \
        try { \
            const answer = await fetch(...asked); \
            const text = await answer.text(); \
            const held = new Response(text, { status: answer.status, headers: answer.headers }); \
            return held; \
        } finally { clock.done += 1; } \
    }; \
    window.__pass = (millis) => { \
        clock.now += millis; \
        for (const [task, [at, work]] of [...clock.tasks]) if (at <= clock.now) { clock.tasks.delete(task); work(); } \
    }; \
})()";

/// Somebody who types word after word, each of its own kind, and knows when she typed which.
struct Typist<'a> {
    window: &'a Window,
    way: String,
    now: u64,
    words: usize,
    /// Words that must be somewhere, with the time at which they were typed.
    typed: BTreeMap<String, u64>,
}

impl Typist<'_> {
    async fn types(&mut self, count: u64, pause: u64) {
        for _ in 0..count {
            self.words += 1;
            let word = format!("w{} ", self.words);
            self.window.adds("body", &word).await;
            self.typed.insert(word, self.now);
            self.passes(pause).await;
        }
    }

    /// Time goes by; what falls due in it is done.
    async fn passes(&mut self, millis: u64) {
        self.now += millis;
        self.window.runs(&format!("window.__pass({millis})")).await;
        self.settles().await;
    }

    async fn settles(&self) {
        let settled = "return window.__clock.asked === window.__clock.done";
        for _ in 0..2 {
            until("the page's calls", async || (self.window.runs(settled).await == Value::Bool(true)).then_some(()))
                .await;
        }
    }

    /// All words that she can see: in the form, and in what is shown beside it.
    async fn sees(&self) -> BTreeSet<String> {
        let script = "return document.querySelector('textarea[name=body]').value + ' ' + \
             [...document.querySelectorAll('#kept-list .typed')].map(one => one.textContent).join(' ')";
        let seen = self.window.runs(script).await;
        let seen = seen.as_str().expect("words");
        seen.split_whitespace().map(|word| format!("{word} ")).collect()
    }

    /// Nothing is lost but, where the page went without notice, what was typed just before.
    async fn misses_nothing(&mut self, kind: &str, lost_millis: u64) {
        let seen = self.sees().await;
        let newest = self.now.saturating_sub(lost_millis);
        let missing: Vec<_> = self.typed.iter().filter(|(word, _)| !seen.contains(*word)).collect();
        for (word, typed_at) in &missing {
            assert!(
                **typed_at > newest || (lost_millis > 0 && **typed_at == newest),
                "{kind}: {word}was typed {} ms before and is gone; there is {seen:?}",
                self.now - **typed_at
            );
        }
        self.typed.retain(|word, _| seen.contains(word));
    }

    /// Looks at both texts and chooses one; the words of the other are given up on purpose.
    async fn chooses(&mut self, takes_other: bool) {
        let there = "return !document.getElementById('kept-others').hidden \
             && document.querySelectorAll('#kept-list [data-do=take]').length > 0";
        if self.window.runs(there).await != Value::Bool(true) {
            // Shown by the server: the script takes over with the next words that are saved.
            self.types(1, 2_600).await;
        }
        for _ in 0..4 {
            if self.window.runs(there).await != Value::Bool(true) {
                break;
            }
            let deed = if takes_other { "take" } else { "drop" };
            self.window.runs(&format!("document.querySelector('#kept-list [data-do={deed}]').click()")).await;
            self.settles().await;
        }
        let seen = self.sees().await;
        self.typed.retain(|word, _| seen.contains(word));
    }

    async fn arrives(&self) {
        self.window.goes_to(&self.way).await;
        self.settles().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_interruptions_lose_no_more_than_three_seconds_of_typing() {
    let branch = Branch::consulting(Database::Sqlite).await;
    let Some(window) = Window::open(branch.server.url(), Setup::of(1280)).await else { return };
    let letter = branch.letter("Fostering", 0).clone();
    // Both devices pressed the link before anything was typed: either may see all.
    let (mut second, _) = Member::visits(&branch.server, &letter).await;
    signs_in(&window, &letter).await;
    window.runs_first(CLOCK).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let mut typist = Typist { window: &window, way: way.clone(), now: 0, words: 0, typed: BTreeMap::new() };
    typist.arrives().await;

    let chance = Chance::seeded(20_261_122);
    let draw = |below: u8| u64::from(chance.bytes::<1>()[0] % below);
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for round in 0..INTERRUPTIONS {
        typist.types(1 + draw(4), 300 + 200 * draw(6)).await;
        let kind =
            ["dropped", "reload", "closed", "no power", "expired", "second device"][usize::try_from(draw(6)).unwrap()];
        *met.entry(kind).or_default() += 1;
        match kind {
            "dropped" => {
                window.is_offline(true).await;
                typist.types(1 + draw(4), 900).await;
                typist.passes(3_000).await;
                window.says("Your words are still on this page").await;
                typist.misses_nothing(kind, 0).await;
                window.is_offline(false).await;
                // Told by the browser that it is back.
                until("the way back", async || {
                    (window.runs("return navigator.onLine").await == Value::Bool(true)).then_some(())
                })
                .await;
                typist.passes(30_000).await;
                typist.settles().await;
                window.says("Not sent yet").await;
                // Nothing the page could do now matters: all of it is kept.
                window.runs("window.__clock.power = false").await;
                typist.arrives().await;
                typist.misses_nothing(kind, 0).await;
            }
            "reload" => {
                window.reloads().await;
                typist.settles().await;
                typist.misses_nothing(kind, LOST_MILLIS).await;
            }
            "closed" => {
                window.moves_to_a_new_tab().await;
                window.runs_first(CLOCK).await;
                typist.arrives().await;
                typist.misses_nothing(kind, LOST_MILLIS).await;
            }
            "no power" => {
                window.runs("window.__clock.power = false").await;
                typist.arrives().await;
                typist.misses_nothing(kind, LOST_MILLIS).await;
            }
            "expired" => {
                let former = window.loses_cookie("__Host-session").await;
                typist.types(1 + draw(3), 900).await;
                typist.passes(3_000).await;
                window.says("you have been signed out").await;
                typist.misses_nothing(kind, 0).await;
                window.beside(async || signs_in(&window, &letter).await).await;
                typist.passes(30_000).await;
                typist.passes(0).await;
                window.says("Not sent yet").await;
                window.runs("window.__clock.power = false").await;
                // A code would let this device see all again; the former session stands for it.
                window.has_cookie_again(former).await;
                typist.arrives().await;
                typist.misses_nothing(kind, 0).await;
            }
            _ => {
                let word = types_elsewhere(&mut second, &way, round).await;
                typist.typed.insert(word, 0);
                typist.types(1 + draw(3), 900).await;
                typist.passes(3_000).await;
                window.says("Look at both").await;
                typist.misses_nothing(kind, 0).await;
                if draw(2) == 0 {
                    window.runs("window.__clock.power = false").await;
                    typist.arrives().await;
                    typist.misses_nothing(kind, 0).await;
                }
                typist.chooses(draw(2) == 0).await;
            }
        }
        // A text from a page that went in the middle of it may stand beside.
        typist.chooses(false).await;
        if round % 20 == 19 {
            // Long enough; she begins another.
            window.runs("document.querySelector('textarea[name=body]').value = ''").await;
            typist.typed.clear();
            typist.types(1, 2_600).await;
        }
    }
    eprintln!("{met:?}, {} words", typist.words);
    assert_eq!(met.len(), 6, "every kind was met: {met:?}");
    window.close().await;
}

async fn signs_in(window: &Window, letter: &Letter) {
    window.goes_to(&format!("/go/{}", letter.token())).await;
    window.sends().await;
}

/// Another device goes on with what it sees there, and saves.
async fn types_elsewhere(visitor: &mut Visitor, way: &str, round: usize) -> String {
    let word = format!("d{round} ");
    let form = visitor.get(way).await.shown().form_to(way);
    let words = format!("{} {word}", form.value("body").unwrap_or_default());
    visitor.keeps(&form, &[("turn", "1"), ("body", &words)]).await.ok();
    word
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_form_is_looked_at_in_every_state_on_a_phone() {
    states(Setup::of(360)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_form_is_looked_at_in_every_state_at_a_desk() {
    states(Setup::of(1280).in_the_dark()).await;
}

/// With the page's own timers, which axe needs.
async fn looks(window: &Window, state: &str) {
    let turn = "const clock = window.__clock; [clock.held, window.setTimeout] = [window.setTimeout, clock.held]";
    window.runs(turn).await;
    window.looks(state).await;
    window.runs(turn).await;
}

async fn states(setup: Setup) {
    let branch = Branch::consulting(Database::Sqlite).await;
    let Some(window) = Window::open(branch.server.url(), setup).await else { return };
    let letter = branch.letter("Fostering", 0).clone();
    let (mut second, _) = Member::visits(&branch.server, &letter).await;
    signs_in(&window, &letter).await;
    window.runs_first(CLOCK).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let mut typist = Typist { window: &window, way: way.clone(), now: 0, words: 0, typed: BTreeMap::new() };
    typist.arrives().await;
    window.chooses("position", "support_if").await;
    window.writes("condition", "the rota is agreed first").await;
    window.adds("body", "Supervision every two weeks only works if somebody covers the duty desk.").await;
    typist.passes(2_600).await;
    window.says("Not sent yet").await;
    looks(&window, "70-kept").await;

    window.is_offline(true).await;
    window.adds("body", " Today nobody does.").await;
    typist.passes(2_600).await;
    window.says("Your words are still on this page").await;
    window.is_offline(false).await;
    typist.passes(30_000).await;
    let former = window.loses_cookie("__Host-session").await;
    window.adds("body", " And on Fridays there are two of us.").await;
    typist.passes(2_600).await;
    window.says("you have been signed out").await;
    looks(&window, "71-not-kept").await;
    window.has_cookie_again(former).await;
    typist.passes(30_000).await;
    typist.passes(0).await;

    types_elsewhere(&mut second, &way, 1).await;
    window.adds("body", " That is too few.").await;
    typist.passes(2_600).await;
    window.says("Look at both").await;
    looks(&window, "72-words-elsewhere").await;
    window.runs("window.__clock.power = false").await;
    typist.arrives().await;
    looks(&window, "73-words-elsewhere-again").await;
    window.goes_to(&format!("/c/{SLUG}")).await;
    window.says("begun, not sent").await;
    looks(&window, "74-draft-with-unsent-words").await;
    window.goes_to(&format!("/c/{SLUG}/finish")).await;
    looks(&window, "75-finish-with-unsent-words").await;
    window.goes_to(&format!("/c/{SLUG}/mine")).await;
    looks(&window, "76-mine-with-unsent-words").await;
    window.close().await;
}
