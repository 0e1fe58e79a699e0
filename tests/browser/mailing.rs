//! She sees which team is silent, writes to it, tries it out on herself, and nobody else gets it.

use super::desks::{House, LONG, REACHED, ROS, SILENT, SLUG, start_of};

pub async fn before_anybody_has_answered(house: &House) {
    let ros = &house.ros;
    for (state, page) in [("200-progress-nobody-yet", "progress"), ("201-mailings", "mailings")] {
        ros.goes_to(&format!("/desk/{SLUG}/{page}")).await;
        ros.looks(state).await;
    }
}

pub async fn the_silent_team_is_reminded(house: &House) {
    let ros = &house.ros;
    let letters = house.mail_comes_to(REACHED).await;
    house.answers(&letters, "Early Help", 6).await;
    house.answers(&letters, LONG, 5).await;
    house.clock_says("2026-11-24T21:00:00Z");

    // The quietest stands first, with a way to write to it.
    house.comes_to(ros, &format!("/desk/{SLUG}/progress")).await;
    ros.says("11 have answered").await;
    ros.looks("210-progress").await;
    assert_eq!(ros.text_of("table.teams tbody tr:first-child th").await, SILENT);
    ros.opens("main details > summary").await;
    ros.looks("211-progress-by-day").await;
    ros.follows("table.teams tbody tr:first-child a").await;
    ros.looks("212-compose").await;

    // A field that does not exist, then as it should be.
    ros.pastes("body", "Dear {nmae},\n\nyour team has said **little** so far.").await;
    ros.follows("button[value=save]").await;
    ros.says("{nmae} is no field").await;
    ros.looks("213-compose-with-a-mistake").await;
    ros.pastes("body", "Dear {name},\n\nyour team has said **little** so far. Please read:\n\n- the draft\n").await;
    ros.chooses("timing", "now").await;
    ros.follows("button[value=preview]").await;
    ros.says("your team has said").await;
    ros.looks("214-compose-preview").await;
    ros.follows("button[value=save]").await;
    ros.says("11 members get it at most").await;
    ros.looks("215-send-check").await;

    // Not yet: first one to herself.
    ros.follows("main a.beside").await;
    ros.looks("216-mailing-waits").await;
    ros.follows("form[action$='/test'] button").await;
    ros.looks("217-test-sent").await;
    let letters = house.mail_comes_to(REACHED + 1).await;
    assert!(letters[ROS][0].subject.starts_with("[Test] "), "{}", letters[ROS][0].subject);

    ros.follows("main a[href$='/send']").await;
    ros.sends().await;
    let letters = house.mail_comes_to(REACHED + 1 + 11).await;
    let twice: Vec<_> = letters.iter().filter(|(_, letters)| letters.len() > 1).map(|(to, _)| to.as_str()).collect();
    assert_eq!(twice.len(), 11, "{twice:?}");
    assert!(twice.iter().all(|to| to.starts_with(&start_of(SILENT)) || to.starts_with("bo@")), "{twice:?}");

    // What became of it, and what else is planned.
    let mailing = ros.path().await;
    ros.goes_to(&mailing).await;
    ros.looks("218-mailing-sent").await;
    ros.goes_to(&format!("{mailing}/html")).await;
    ros.says("your team has said").await;
    ros.looks("219-mailing-as-html").await;
    ros.goes_to(&format!("/desk/{SLUG}/mailings")).await;
    ros.looks("220-mailings-filled").await;
    for (kind, state) in [("update", "221-compose-update"), ("thanks", "222-compose-thanks")] {
        ros.goes_to(&format!("/desk/{SLUG}/mailings/new?kind={kind}")).await;
        ros.looks(state).await;
    }
    // Other words for one team.
    ros.opens("details.notes > summary").await;
    let team = ros.offers("note_team").await.pop().expect("a team");
    ros.picks("note_team", &team).await;
    ros.follows("button[value=add_note]").await;
    ros.looks("223-compose-with-a-note").await;
    // A planned one: changed, paused, not cancelled after all.
    ros.goes_to(&format!("/desk/{SLUG}/mailings")).await;
    let planned = planned(house).await;
    ros.goes_to(&planned).await;
    ros.looks("224-mailing-planned").await;
    ros.follows("main a[href$='/edit']").await;
    ros.looks("225-mailing-edit").await;
    ros.goes_to(&planned).await;
    ros.follows("form[action$='/pause'] button").await;
    ros.looks("226-mailing-paused").await;
    ros.follows("form[action$='/resume'] button").await;
    ros.follows("main a[href$='/cancel']").await;
    ros.looks("227-mailing-cancel").await;
}

/// The page of a reminder that is still to go.
async fn planned(house: &House) -> String {
    let mailings = house.organiser.api.all(&format!("/consultations/{SLUG}/mailings")).await;
    let found = mailings.iter().find(|one| one["state"] == "planned" && one["kind"] == "reminder");
    let id = found.unwrap_or_else(|| panic!("no reminder is planned: {mailings:?}"))["id"].as_str().expect("an id");
    format!("/desk/{SLUG}/mailings/{id}")
}
