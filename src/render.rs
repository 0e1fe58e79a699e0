//! Tera lives here and nowhere else: load the templates, escape, be strict.
//!
//! Templates get a typed view, the language, and two functions: `t(id=…)` says
//! a message, `asset(name=…)` gives the hashed address of a file. Names that
//! end in `.html` are escaped; the escaping leaves `'` alone, so attributes in
//! templates always stand in double quotation marks.

use std::str::Utf8Error;
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult};

use crate::assets::Assets;
use crate::words::{Language, Value, Words};

/// The key under which a template finds its language code.
const LANGUAGE: &str = "lang";

#[derive(Debug, thiserror::Error)]
pub enum RenderFault {
    #[error("the template {name} is not UTF-8")]
    NotText { name: String, source: Utf8Error },
    #[error("the templates cannot be read: {0}")]
    Load(#[source] tera::Error),
    #[error("the template {name} cannot be rendered: {}", with_causes(source))]
    Render { name: String, source: tera::Error },
}

/// All templates, parsed once at the start.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
}

impl Renderer {
    /// # Errors
    /// When a template does not parse; a mistake in the build.
    pub fn load(words: Arc<Words>, assets: Arc<Assets>) -> Result<Self, RenderFault> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        tera.register_function("t", move |values: Kwargs, state: &State| said(&words, &values, state));
        tera.register_function("asset", move |values: Kwargs, _: &State| asset_url(&assets, &values));
        let mut templates = Vec::new();
        for name in TemplateFiles::iter() {
            let Some(file) = TemplateFiles::get(&name) else {
                continue;
            };
            let source = std::str::from_utf8(&file.data)
                .map_err(|source| RenderFault::NotText { name: name.to_string(), source })?;
            templates.push((name.into_owned(), source.to_owned()));
        }
        tera.add_raw_templates(templates).map_err(RenderFault::Load)?;
        Ok(Self { tera })
    }

    /// Renders a template; a name the view does not have is an error.
    ///
    /// # Errors
    /// When template and view do not fit; a test renders every pair.
    pub fn render<V: Serialize>(&self, name: &str, language: Language, view: &V) -> Result<String, RenderFault> {
        let fault = |source| RenderFault::Render { name: name.to_owned(), source };
        let mut context = Context::from_serialize(view).map_err(fault)?;
        context.insert(LANGUAGE, language.code());
        self.tera.render(name, &context).map_err(fault)
    }

    /// Whether there is such a template.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// The names of all templates, for tests that want to see every one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tera.get_template_names()
    }
}

#[derive(RustEmbed)]
#[folder = "templates/"]
struct TemplateFiles;

/// `t(id="letter-title", name=…)`: all but `id` is set into the message.
fn said(words: &Words, values: &Kwargs, state: &State) -> TeraResult<String> {
    let id: &str = values.must_get("id")?;
    let language = state
        .get::<String>(LANGUAGE)?
        .and_then(|code| Language::from_code(&code))
        .ok_or_else(|| Error::message(format!("no language within reach to say `{id}` in")))?;
    let mut set_in = Vec::new();
    for (key, value) in values.iter() {
        let Some(name) = key.as_str() else { continue };
        if name == "id" {
            continue;
        }
        let value = match value.as_i128().and_then(|number| i64::try_from(number).ok()) {
            Some(number) if value.is_number() => Value::Number(number),
            _ => Value::Text(value.to_string().into()),
        };
        set_in.push((name, value));
    }
    Ok(words.say(language, id, &set_in))
}

fn asset_url(assets: &Assets, values: &Kwargs) -> TeraResult<String> {
    let name: &str = values.must_get("name")?;
    assets.url(name).ok_or_else(|| Error::message(format!("there is no asset `{name}`")))
}

/// Tera tells the place in the message and the reason in its sources.
fn with_causes(fault: &tera::Error) -> String {
    let mut told = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(deeper) = cause {
        told.push_str(": ");
        told.push_str(&deeper.to_string());
        cause = deeper.source();
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renderer() -> Renderer {
        let words = Arc::new(Words::load().unwrap());
        Renderer::load(words, Arc::new(Assets::load())).unwrap()
    }

    #[test]
    fn a_view_that_does_not_fit_is_an_error() {
        let fault = renderer().render("member/read.html", Language::English, &serde_json::json!({})).unwrap_err();
        assert!(fault.to_string().contains("member/read.html"));
    }

    /// Takes templates apart with a few lines of text handling: what is left
    /// after the tags and the template code must hold no letter, for a letter
    /// would be a word nobody can translate.
    #[test]
    fn no_word_is_hard_wired() {
        let mut found = Vec::new();
        for name in TemplateFiles::iter() {
            let file = TemplateFiles::get(&name).unwrap();
            let text = String::from_utf8(file.data.into_owned()).unwrap();
            // The name of a page's face is a class, not a word.
            let text = without(&text, "{% block face %}", "{% endblock face %}");
            let markup = without(&without(&without(&text, "{#", "#}"), "{%", "%}"), "{{", "}}");
            let plain = without(&without(&markup, "<!--", "-->"), "<", ">");
            // The one component that gives attributes and no elements.
            let plain = without(&plain, " aria-", "\n");
            for line in plain.lines().filter(|line| line.contains(char::is_alphabetic)) {
                found.push(format!("{name}: {}", line.trim()));
            }
            for spoken in ["aria-label=\"", "title=\"", "alt=\"", "placeholder=\""] {
                for value in markup.split(spoken).skip(1) {
                    let value = value.split('"').next().unwrap_or_default();
                    if value.contains(char::is_alphabetic) {
                        found.push(format!("{name}: {spoken}{value}"));
                    }
                }
            }
        }
        assert!(found.is_empty(), "words outside the messages:\n{}", found.join("\n"));
    }

    /// The pages' policy forbids inline style and script; only mail has styles.
    #[test]
    fn no_page_carries_inline_style_or_script() {
        for name in TemplateFiles::iter().filter(|name| !name.starts_with("mail/")) {
            let file = TemplateFiles::get(&name).unwrap();
            let text = String::from_utf8(file.data.into_owned()).unwrap();
            assert!(!text.contains("style="), "{name} has a style attribute");
            assert!(!text.contains("<style"), "{name} has a style element");
            let scripts = text.matches("<script").count();
            assert_eq!(scripts, text.matches("<script src=").count(), "{name}");
        }
    }

    fn without(text: &str, opening: &str, closing: &str) -> String {
        let mut kept = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(opening) {
            kept.push_str(before);
            rest = after.split_once(closing).map_or("", |(_, after)| after);
        }
        kept.push_str(rest);
        kept
    }
}
