//! More time, whom mail does not reach, what the world sees, and the end.

use super::desks::{BO, DRAFT, House, REACHED, SLUG};

/// The reminder to the silent team, and the test before it.
const REMINDED: usize = REACHED + 1 + 11;

pub async fn more_time(house: &House) {
    let ros = &house.ros;
    ros.goes_to(&format!("/desk/{SLUG}/progress")).await;
    ros.follows("main a[href$='/deadline']").await;
    ros.looks("300-deadline").await;
    ros.sends().await;
    ros.says("Choose a day.").await;
    ros.looks("301-deadline-with-mistakes").await;
    ros.dates("deadline", "2026-12-11").await;
    ros.writes("reason", "The hall was shut & cold.").await;
    ros.chooses("notify", "yes").await;
    ros.sends().await;
    for words in [
        "the end of Friday 4 December",
        "the end of Friday 11 December",
        &format!("{REACHED} members get a mail now."),
        "planned mailings move with the deadline",
    ] {
        ros.says(words).await;
    }
    ros.looks("302-deadline-check").await;
    ros.follows("button[value=do]").await;
    ros.says("The deadline is moved.").await;
    ros.looks("303-progress-with-more-time").await;
    house.server.mail_is_due();
    let letters = house.mail_comes_to(REMINDED + REACHED).await;
    let told = letters.values().flatten().filter(|letter| letter.text.contains("The hall was shut & cold."));
    assert_eq!(told.count(), REACHED, "everybody with an address is told");
}

pub async fn whom_mail_does_not_reach(house: &House) {
    let ros = &house.ros;
    ros.goes_to(&format!("/desk/{SLUG}/progress")).await;
    ros.follows("main a[href$='/reach']").await;
    ros.looks("310-reach").await;
    ros.follows("main a[href$='/calls']").await;
    ros.looks("311-calls").await;
    ros.follows("main a[href$='/codes']").await;
    ros.looks("312-codes").await;
    ros.sends().await;
    ros.looks("313-slips").await;
}

/// The address to pass on, the poster, the public page, a new version, a member of two teams.
pub async fn the_world_outside(house: &House) {
    let ros = &house.ros;
    ros.goes_to(&format!("/desk/{SLUG}/share")).await;
    ros.looks("320-share").await;
    ros.follows("main a[href$='/poster']").await;
    ros.looks("321-poster").await;
    ros.goes_to(&format!("/desk/{SLUG}/settings")).await;
    ros.looks("322-settings-of-an-open-one").await;
    ros.chooses("public_page", "listed").await;
    ros.writes("summary", "Three senior posts, not five.").await;
    ros.sends().await;
    ros.says("Saved.").await;
    ros.looks("323-settings-saved").await;
    ros.goes_to("/").await;
    ros.says("Three posts, not five").await;
    ros.looks("324-front-listed").await;
    ros.goes_to(&format!("/c/{SLUG}")).await;
    ros.looks("325-public").await;

    ros.goes_to(&format!("/desk/{SLUG}/draft")).await;
    ros.looks("326-draft").await;
    let again = DRAFT
        .replace("five senior posts", "four or five senior posts")
        .replace("- Casework stays with the teams.\n", "");
    ros.pastes("draft", &format!("{again}\nA passage that is new.\n")).await;
    ros.sends().await;
    ros.looks("326a-preview").await;
    ros.sends().await;
    ros.looks("327-version-against-the-first").await;
    ros.follows("main a[href$='/publish']").await;
    ros.looks("328-publish").await;
    ros.sends().await;
    ros.looks("329-publish-with-a-mistake").await;
    ros.writes("note", "Four or five posts, as the employer now says.").await;
    ros.sends().await;
    ros.looks("330-published").await;

    let letters = house.mail_comes_to(REMINDED + REACHED).await;
    ros.goes_to(&format!("/go/{}", letters[BO][0].token())).await;
    ros.says("Early Help").await;
    ros.looks("331-letter-of-two-teams").await;
    ros.sends().await;
    ros.looks("332-letter-of-two-teams-with-a-mistake").await;
}

pub async fn the_end(house: &House) {
    let ros = &house.ros;
    house.clock_says("2026-12-09T10:00:00Z");
    house.mail_settles().await;
    let so_far = house.sink.count();
    house.comes_to(ros, &format!("/desk/{SLUG}/progress")).await;
    ros.follows("main a[href$='/close']").await;
    for words in [
        &format!("{} members are invited.", REACHED + 2),
        "The deadline has not come yet",
        &format!("The thanks go out now, to {REACHED} members."),
        "This cannot be undone.",
    ] {
        ros.says(words).await;
    }
    ros.looks("340-close").await;
    ros.sends().await;
    ros.says("Give a reason.").await;
    ros.looks("341-close-with-a-mistake").await;
    ros.writes("reason", "The employer has withdrawn its plan.").await;
    ros.sends().await;
    ros.says("Comments are closed.").await;
    ros.looks("342-progress-closed").await;
    house.server.mail_is_due();
    let letters = house.mail_comes_to(so_far + REACHED).await;
    let thanked = letters.values().filter(|letters| letters.iter().any(|one| one.subject.contains("thank you")));
    assert_eq!(thanked.count(), REACHED, "everybody with an address is thanked");
    for (state, path) in [
        ("343-home-closed", "/desk".to_owned()),
        ("344-mailings-closed", format!("/desk/{SLUG}/mailings")),
        ("345-draft-closed", format!("/desk/{SLUG}/draft")),
        ("346-settings-closed", format!("/desk/{SLUG}/settings")),
        ("347-share-closed", format!("/desk/{SLUG}/share")),
        ("348-close-again", format!("/desk/{SLUG}/close")),
    ] {
        ros.goes_to(&path).await;
        ros.looks(state).await;
    }
}
