//! Hostile and clumsy input to the API: a sentence that says what to do, and nothing changed.

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Branch, Database, Page, SLUG, Visitor, both};

both!(
    a_comment_that_cannot_be_taken_is_refused_field_by_field,
    calls_that_are_no_calls_get_problem_documents,
    nobody_gets_further_than_her_role,
    hostile_words_are_kept_as_words_and_shown_as_words,
    a_form_with_a_mistake_comes_back_with_what_was_typed,
    a_form_from_elsewhere_is_refused,
);

async fn a_comment_that_cannot_be_taken_is_refused_field_by_field(database: Database) {
    let branch = Branch::consulting(database).await;
    let member = branch.member("Fostering", 0).await;
    let good = branch.comment("Casework", "support", "Fine.");
    for (field, value) in [
        ("block", json!("no-such-block")),
        ("block", json!(17)),
        ("version", json!(99)),
        ("version", json!("one")),
        ("position", json!("perhaps")),
        ("position", json!(null)),
        ("body", json!("x".repeat(10_001))),
        ("body", json!("a NUL \u{0} inside")),
        ("body", json!("a bell \u{7} inside")),
        ("body", json!(["not", "text"])),
        ("condition", json!("x".repeat(4_001))),
        ("new_wording", json!("x".repeat(4_001))),
        ("permission", json!("anything goes")),
        ("with_name", json!("maybe")),
    ] {
        let mut bad = good.clone();
        bad[field] = value.clone();
        if field == "position" && value.is_null() {
            bad["body"] = json!("");
        }
        let answer = member.tries_to_say(SLUG, &bad).await;
        assert!(matches!(answer.status, 400 | 404 | 409 | 422), "{field} {value}: {} {}", answer.status, answer.text());
        let problem = answer.refused(answer.status);
        if answer.status == 422 {
            let first = &problem["errors"][0];
            assert!(first["pointer"].as_str().is_some_and(|pointer| pointer.starts_with("#/")), "{problem}");
            assert!(first["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
        }
    }
    assert!(member.has_said(SLUG).await.is_empty(), "nothing was changed");
    let exactly = "é".repeat(10_000);
    member.says(SLUG, &branch.comment("Casework", "support", &exactly)).await;
    assert_eq!(member.has_said(SLUG).await[0]["body"], exactly, "10,000 characters are not bytes");
}

async fn calls_that_are_no_calls_get_problem_documents(database: Database) {
    let branch = Branch::consulting(database).await;
    let api = &branch.member("Fostering", 0).await.api;
    let path = format!("/consultations/{SLUG}/comments");
    for broken in ["", "{", "[]", "null", "{\"position\":", "\"\u{202e}\"", "{\"body\": \"\\ud800\"}"] {
        let answer = api.post_text(&path, "application/json", broken).await;
        assert!(matches!(answer.status, 400 | 422), "{broken:?}: {}", answer.status);
        answer.refused(answer.status);
    }
    let bytes = api.post_text(&path, "application/json", b"{\"body\": \"\xff\xfe\"}".to_vec()).await;
    bytes.refused(bytes.status);
    let kind = api.post_text(&path, "text/plain", "hello").await;
    assert!(matches!(kind.status, 400 | 415), "{}", kind.status);
    kind.refused(kind.status);
    let huge = json!({ "body": "x".repeat(300 << 10) }).to_string();
    let answer = api.post_text(&path, "application/json", huge).await;
    let told = answer.refused(413)["detail"].to_string();
    assert!(told.contains("limit") && told.contains(|c: char| c.is_ascii_digit()), "it names the limit: {told}");

    api.get("/no/such/thing").await.refused(404);
    api.get("/consultations/no-such-slug").await.refused(404);
    api.get("/consultations/%00").await.refused(404);
    api.get("/consultations/..%2f..%2fetc").await.refused(404);
    let method = Answer::to(api.request(Method::PUT, "/me")).await;
    assert!(matches!(method.status, 404 | 405), "{}", method.status);
    method.refused(method.status);
    for query in ["limit=0", "limit=-1", "limit=many", "after=%F0%9F%92%A9"] {
        let answer = branch.organiser.api.get(&format!("/members?{query}")).await;
        assert!(answer.status < 500, "{query}: {}", answer.text());
        if answer.status >= 400 {
            answer.refused(answer.status);
        }
    }
    let slug = branch.organiser.prepares("Not a Slug!", "2027-01-08T17:00:00", &json!({})).await;
    assert!(slug.refused(422)["errors"].to_string().contains("/slug"));
    let zone = branch.organiser.prepares("zone", "2027-01-08T17:00:00", &json!({ "time_zone": "Mars/Olympus" })).await;
    assert!(zone.refused(422)["errors"].to_string().contains("/time_zone"));
}

async fn nobody_gets_further_than_her_role(database: Database) {
    let branch = Branch::consulting(database).await;
    let nobody = branch.server.api(None);
    let liar = branch.server.api(Some("0123456789abcdef"));
    let member = branch.member("Fostering", 0).await.api;
    let comments = format!("/consultations/{SLUG}/comments");
    for path in ["/teams", "/members", "/me", comments.as_str()] {
        nobody.get(path).await.refused(401);
        liar.get(path).await.refused(401);
    }
    for path in ["/teams", "/members", comments.as_str(), &format!("/consultations/{SLUG}/progress")] {
        member.get(path).await.refused(403);
    }
    branch.organiser.api.get(&comments).await.refused(403);
    branch.negotiator.api.get("/members").await.refused(403);
    member.post(&format!("/consultations/{SLUG}/close"), &json!({})).await.refused(403);
    branch.negotiator.api.post(&format!("/consultations/{SLUG}/close"), &json!({})).await.refused(403);
    branch.organiser.api.post(&format!("/consultations/{SLUG}/releases"), &json!({})).await.refused(403);
}

async fn hostile_words_are_kept_as_words_and_shown_as_words(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut visitor, _) = crate::support::Member::visits(&branch.server, branch.letter("Fostering", 3)).await;
    let words = "<script>alert('x')</script> {{ 7*7 }} {% raw %} \u{202e}desrever\u{202c} \"'&amp; %s ${x} ]]> <img src=x onerror=y>";
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let form = visitor.get(&way).await.shown().form();
    let form = form.with("position", "neutral").with("body", words).with("permission", "paraphrase").in_confidence();
    visitor.press(form).await.shown();
    let mine = visitor.get(&format!("/c/{SLUG}/mine")).await.shown();
    assert!(!mine.html.contains("<script>alert"), "escaped");
    assert!(!mine.html.contains("<img src=x"), "escaped");
    mine.says("<script>alert('x')</script> {{ 7*7 }}");
    branch.closes().await;
    let rows = branch.negotiator.exports_json(SLUG).await;
    assert_eq!(rows[0]["comment"], words, "kept letter for letter");
}

async fn a_form_with_a_mistake_comes_back_with_what_was_typed(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut visitor, _) = crate::support::Member::visits(&branch.server, branch.letter("Fostering", 4)).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let check = |page: &Page, typed: &str| {
        assert!((400..500).contains(&page.status), "{}: {}", page.status, page.text());
        let form = page.form();
        assert_eq!(form.value("body"), Some(typed), "kept");
        assert_eq!(form.value("position"), Some("oppose"), "kept");
        assert!(page.html.contains("<title>Error:"), "the title says so");
    };
    let form = visitor.get(&way).await.shown().form().with("position", "oppose");
    let filled = form.with("permission", "paraphrase").in_confidence();
    let long = "ä".repeat(10_001);
    check(&visitor.press(filled.clone().with("body", &long)).await, &long);
    let unasked = visitor.press(filled.clone().without("permission").with("body", "No permission chosen.")).await;
    check(&unasked, "No permission chosen.");
    let empty = filled.clone().without("position").with("body", "");
    let empty = visitor.press(empty).await;
    assert!((400..500).contains(&empty.status), "neither position nor words: {}", empty.status);
    let stale =
        visitor.press(filled.with_anyway("version", "99").with("body", "For a version that is not there.")).await;
    stale.says("For a version that is not there.");
    visitor.get(&format!("/c/{SLUG}/mine")).await.shown().does_not_say("No permission chosen.");
}

async fn a_form_from_elsewhere_is_refused(database: Database) {
    let branch = Branch::consulting(database).await;
    let (mut visitor, _) = crate::support::Member::visits(&branch.server, branch.letter("Fostering", 5)).await;
    let way = format!("/c/{SLUG}/comment/{}", branch.draft.block("Casework"));
    let form = visitor.get(&way).await.shown().form();
    let forged = form.with("position", "support").with("body", "Not hers.").with("permission", "word_for_word");
    let forged = forged.in_confidence().with_anyway("csrf", "guessed");
    let answer = visitor.press(forged).await;
    assert!((400..500).contains(&answer.status), "{}", answer.status);
    // Her own words are not lost to a stale token.
    answer.says("Not hers.");
    let mut stranger = Visitor::new(branch.server.url());
    let page = stranger.get(&way).await;
    assert!(!page.asks_for("body"), "no session, no form: {}", page.path);
    visitor.get(&format!("/c/{SLUG}/mine")).await.shown().does_not_say("Not hers.");
}
