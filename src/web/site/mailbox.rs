//! The demo's mailbox: what the directory transport wrote, as a reader of mail would see it.
//!
//! Shown by `demo` alone; everywhere else these addresses are not found.

use std::collections::BTreeMap;
use std::path::PathBuf;

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use mail_parser::{Message, MessageParser};
use serde::Deserialize;

use crate::ids::Id;
use crate::links;
use crate::mail;
use crate::refusal::Refusal;
use crate::web::csrf::FormToken;
use crate::web::error::Failure;
use crate::web::house::House;
use crate::web::view::{MailHeader, MailLine, MailPage, MailboxPage, Page, TextPart};
use crate::words::Language;

/// The newest are enough; any other is found by its address or subject.
const AT_ONCE: usize = 40;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// # Errors
/// Not the demo; the directory cannot be read.
pub async fn list(request: HttpRequest, house: Data<House>, asked: Query<Asked>) -> Result<HttpResponse, Failure> {
    let directory = directory(&house)?;
    let kinds = house.read(|tx| Ok::<_, Refusal>(mail::kinds(tx)?)).await?;
    let read = actix_web::web::block(move || read_all(&directory, &kinds)).await;
    let mut mails = read.map_err(|_| Failure::NotFound)?.map_err(|_| Failure::NotFound)?;
    mails.sort_by(|one, other| (other.at, &one.to).cmp(&(one.at, &other.to)));
    let total = mails.len();
    let search = asked.q.trim().to_lowercase();
    let found = mails
        .into_iter()
        .filter(|mail| [&mail.to, &mail.subject, &mail.kind].iter().any(|text| text.to_lowercase().contains(&search)));
    let lines = found
        .take(AT_ONCE)
        .map(|mail| MailLine {
            url: links::mail(mail.id),
            when_words: when_words(&house, mail.at),
            to: mail.to,
            subject: mail.subject,
            kind: mail.kind,
        })
        .collect();
    let view = MailboxPage {
        page: page(&request, &house),
        action_url: links::MAILBOX.to_owned(),
        search: asked.q.clone(),
        mails: lines,
        total,
    };
    html_page(&house, "demo/mailbox.html", &view)
}

/// # Errors
/// Not the demo; no such mail.
pub async fn one(request: HttpRequest, house: Data<House>, id: Path<Id>) -> Result<HttpResponse, Failure> {
    let raw = read_one(&house, *id).await?;
    let message = MessageParser::new().parse(&raw).ok_or(Failure::NotFound)?;
    let headers =
        ["From", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"]
            .into_iter()
            .filter_map(|name| {
                let value = message.header_raw(name)?;
                Some(MailHeader {
                    name: name.to_owned(),
                    value: decoded(&message, name).unwrap_or_else(|| value.trim().to_owned()),
                })
            })
            .collect();
    let text = message.body_text(0).map(std::borrow::Cow::into_owned).unwrap_or_default();
    let view = MailPage {
        page: page(&request, &house),
        subject: message.subject().unwrap_or_default().to_owned(),
        headers,
        text: TextPart::of(&here(&house, &text)),
        html_url: message.html_body_count().gt(&0).then(|| links::mail_html(*id)),
        mailbox_url: links::MAILBOX.to_owned(),
    };
    html_page(&house, "demo/mail.html", &view)
}

/// The HTML part as a mail program would show it: styles inline, nothing loaded, no script.
///
/// # Errors
/// Not the demo; no such mail.
pub async fn html(house: Data<House>, id: Path<Id>) -> Result<HttpResponse, Failure> {
    let raw = read_one(&house, *id).await?;
    let message = MessageParser::new().parse(&raw).ok_or(Failure::NotFound)?;
    let body = message.body_html(0).ok_or(Failure::NotFound)?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Content-Security-Policy", MAIL_POLICY))
        .body(here(&house, &body)))
}

/// The one page whose styles are inline, since mail programs know no other; it runs in a sandbox of its own.
pub const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                           frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation allow-popups";

struct Mail {
    id: Id,
    to: String,
    subject: String,
    kind: String,
    /// Seconds since 1970.
    at: i64,
}

fn directory(house: &House) -> Result<PathBuf, Failure> {
    if house.shows_mailbox { Ok(house.settings.mail.directory.clone()) } else { Err(Failure::NotFound) }
}

async fn read_one(house: &House, id: Id) -> Result<Vec<u8>, Failure> {
    let path = directory(house)?.join(format!("{id}.eml"));
    let read = actix_web::web::block(move || std::fs::read(path)).await;
    read.map_err(|_| Failure::NotFound)?.map_err(|_| Failure::NotFound)
}

fn read_all(directory: &std::path::Path, kinds: &BTreeMap<Id, String>) -> std::io::Result<Vec<Mail>> {
    let mut mails = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_none_or(|end| end != "eml") {
            continue;
        }
        let raw = std::fs::read(&path)?;
        let Some(message) = MessageParser::new().parse(&raw) else { continue };
        let id: Option<Id> = path.file_stem().and_then(|name| name.to_str()?.parse().ok());
        let Some(id) = id else { continue };
        // What has no row in the outbox is a colleague's trial.
        let kind = kinds.get(&id).map_or("trial", String::as_str);
        mails.push(Mail {
            id,
            to: message.to().and_then(|to| to.first()?.address().map(str::to_owned)).unwrap_or_default(),
            subject: message.subject().unwrap_or_default().to_owned(),
            kind: kind.to_owned(),
            at: message.date().map(mail_parser::DateTime::to_timestamp).unwrap_or_default(),
        });
    }
    Ok(mails)
}

fn decoded(message: &Message<'_>, name: &str) -> Option<String> {
    message.header(name)?.as_text().map(str::to_owned)
}

fn when_words(house: &House, at: i64) -> String {
    let at = chrono::DateTime::from_timestamp(at, 0).unwrap_or_default();
    format!(
        "{}, {}",
        house.words.date_words(Language::English, at.date_naive()),
        house.words.time_words(Language::English, at.time())
    )
}

/// Links of a mail written while the demo listened on another port lead to this one.
fn here(house: &House, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("http://127.0.0.1:") {
        let (before, link) = rest.split_at(start);
        out.push_str(before);
        out.push_str(house.links.origin());
        let after = link.get("http://127.0.0.1:".len()..).unwrap_or_default();
        rest = after.trim_start_matches(|sign: char| sign.is_ascii_digit());
    }
    out.push_str(rest);
    out
}

fn page(request: &HttpRequest, house: &House) -> Page {
    Page {
        home_url: "/".to_owned(),
        who_sees_url: links::WHO_SEES.to_owned(),
        csrf: FormToken::for_page(request, &house.keys, &house.chance).token,
        ..Page::default()
    }
}

fn html_page<V: serde::Serialize>(house: &House, template: &str, view: &V) -> Result<HttpResponse, Failure> {
    let html = house.renderer.render(template, Language::English, view)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(html))
}
