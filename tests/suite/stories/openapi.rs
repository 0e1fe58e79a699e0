//! The document that the server serves about itself.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::support::{Database, Server, both, brought};

both!(the_openapi_document_is_valid_and_holds_the_promised_calls);

async fn the_openapi_document_is_valid_and_holds_the_promised_calls(database: Database) {
    let server = Server::spawn(database);
    let document = server.api(None).get("/openapi.json").await.ok();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", document["openapi"]);

    let paths = document["paths"].as_object().expect("paths");
    let known: BTreeSet<String> = paths.keys().map(|path| nameless(path.trim_start_matches("/api/v1"))).collect();
    let missing: Vec<_> = [
        "/teams",
        "/members/import",
        "/members",
        "/consultations",
        "/consultations/{}",
        "/consultations/{}/open",
        "/consultations/{}/close",
        "/consultations/{}/deadline",
        "/consultations/{}/documents",
        "/consultations/{}/documents/{}/versions",
        "/consultations/{}/documents/{}/versions/{}",
        "/consultations/{}/documents/{}/versions/{}/publish",
        "/consultations/{}/mailings",
        "/consultations/{}/mailings/{}",
        "/consultations/{}/mailings/{}/send-uncertain",
        "/consultations/{}/progress",
        "/session",
        "/me",
        "/consultations/{}/comments",
        "/consultations/{}/comments/{}",
        "/consultations/{}/answers",
        "/consultations/{}/answers/words",
        "/consultations/{}/finish",
        "/consultations/{}/releases",
        "/consultations/{}/releases/{}/export",
    ]
    .into_iter()
    .filter(|path| !known.contains(*path))
    .collect();
    assert!(missing.is_empty(), "promised and not described: {missing:?}; described: {known:?}");

    let Some(validator) = brought("SOUNDINGS_TEST_OPENAPI_VALIDATOR") else { return };
    let file = server.dir().join("openapi.json");
    fs::write(&file, document.to_string()).expect("written");
    let output =
        Command::new(validator).arg("--validation-errors=all").arg(&file).output().expect("the validator runs");
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}");
}

/// `/consultations/{slug}` as `/consultations/{}`: parameters may have any name.
fn nameless(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
