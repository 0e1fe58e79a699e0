//! The document against the table of routes, and its examples against its own schemas.

use std::collections::BTreeSet;

use serde_json::Value;

use super::openapi::DOCUMENT;
use crate::web::routes::ROUTES;
use crate::web::visitor::Who;

fn document() -> Value {
    serde_json::from_str(DOCUMENT).unwrap()
}

fn calls(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let calls = paths.iter().flat_map(|(path, calls)| {
        calls.as_object().unwrap().iter().map(move |(method, call)| (method.to_uppercase(), path.clone(), call))
    });
    calls.collect()
}

#[test]
fn the_document_and_the_table_of_routes_hold_the_same_calls() {
    let document = document();
    let described: BTreeSet<(String, String)> =
        calls(&document).into_iter().map(|(method, path, _)| (method, path)).collect();
    let served: BTreeSet<(String, String)> = ROUTES
        .iter()
        .filter_map(|route| Some((route.method.to_owned(), route.pattern.strip_prefix("/api/v1")?.to_owned())))
        .collect();
    assert_eq!(described, served);
}

#[test]
fn the_document_says_who_may_call_as_the_table_does() {
    let document = document();
    for (method, path, call) in calls(&document) {
        let pattern = format!("/api/v1{path}");
        let route = ROUTES.iter().find(|route| route.method == method && route.pattern == pattern).unwrap();
        let roles: Vec<&str> = call["x-roles"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let expected: &[&str] = match route.who {
            Who::Anyone => &["anyone"],
            Who::Member => &["member"],
            Who::MemberOrStaff => &["member", "staff"],
            Who::MemberOrOrganiser => &["member", "organiser"],
            Who::Staff => &["staff"],
            Who::Organiser => &["organiser"],
            Who::Negotiator => &["negotiator"],
            Who::Admin => &["admin"],
        };
        assert_eq!(roles, expected, "{method} {path}");
        let named = path.split('/').filter(|part| part.starts_with('{')).count();
        let in_path = call["parameters"].as_array().into_iter().flatten().filter(|parameter| {
            let parameter = parameter["$ref"].as_str().map_or(*parameter, |to| resolved(&document, to));
            parameter["in"] == "path" && path.contains(&format!("{{{}}}", parameter["name"].as_str().unwrap()))
        });
        assert_eq!(in_path.count(), named, "{method} {path}: each name in the path is described");
    }
}

#[test]
fn every_example_is_what_its_schema_says() {
    let document = document();
    let mut seen = 0;
    for content in contents(&document) {
        if let (Some(example), schema) = (content.get("example"), &content["schema"]) {
            fits(&document, schema, example).unwrap_or_else(|why| panic!("{schema}: {why}\n{example}"));
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen} examples");
}

/// Every object with a schema and perhaps an example, wherever it stands.
fn contents(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(members) => {
            let own = members.contains_key("schema").then_some(value);
            own.into_iter().chain(members.values().flat_map(contents)).collect()
        }
        Value::Array(items) => items.iter().flat_map(contents).collect(),
        _ => Vec::new(),
    }
}

fn resolved<'a>(document: &'a Value, to: &str) -> &'a Value {
    document.pointer(to.trim_start_matches('#')).unwrap_or_else(|| panic!("{to} leads nowhere"))
}

/// As much of JSON Schema as the document uses.
fn fits(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(to) = schema["$ref"].as_str() {
        fits(document, resolved(document, to), value)?;
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fitting = choices.iter().filter(|choice| fits(document, choice, value).is_ok()).count();
        if fitting != 1 {
            return Err(format!("{value} fits {fitting} of {}", schema["oneOf"]));
        }
    }
    if schema.get("const").is_some_and(|constant| constant != value) {
        return Err(format!("{value} is not {}", schema["const"]));
    }
    if schema["enum"].as_array().is_some_and(|words| !words.contains(value)) {
        return Err(format!("{value} is not among {}", schema["enum"]));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_a(kind, value)) {
        return Err(format!("{value} is no {kinds:?}"));
    }
    for item in value.as_array().into_iter().flatten().filter(|_| schema.get("items").is_some()) {
        fits(document, &schema["items"], item)?;
    }
    let Some(members) = value.as_object() else { return Ok(()) };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !members.contains_key(name) {
            return Err(format!("{name} is missing"));
        }
    }
    for (name, member) in members {
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(known), _) => fits(document, known, member).map_err(|why| format!("{name}: {why}"))?,
            (None, Value::Bool(false)) => return Err(format!("{name} is not described")),
            (None, Value::Object(_)) => fits(document, &schema["additionalProperties"], member)?,
            _ => {}
        }
    }
    Ok(())
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
