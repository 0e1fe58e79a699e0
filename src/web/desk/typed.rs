//! What a desk's form holds, by the names of its fields.

use serde::Deserialize;

use crate::web::upload::{Upload, Uploaded};

/// A form that may bring files.
pub type Sent = Upload<Anything>;

/// Its fields are read by their names.
#[derive(Deserialize)]
pub struct Anything {}

/// Every field as typed; a box that was not ticked is not among them.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The field as typed; empty when the form did not send it.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, typed)| typed.as_str())
    }

    /// Puts a field in the place of what was typed in it.
    pub fn set(&mut self, name: &str, value: String) {
        self.0.retain(|(field, _)| field != name);
        self.0.push((name.to_owned(), value));
    }

    /// All values of a field that may be there several times.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(field, _)| field == name).map(|(_, typed)| typed.clone()).collect()
    }

    /// As a text to store, or none where nothing was typed.
    pub fn given(&self, name: &str) -> Option<String> {
        Some(self.get(name).trim()).filter(|typed| !typed.is_empty()).map(str::to_owned)
    }
}

/// The file of a field, as [`super::source::source`] takes it.
pub fn file_of<'a>(files: &'a [Uploaded], field: &str) -> Option<(&'a str, &'a [u8])> {
    files.iter().find(|file| file.field == field).map(|file| (file.file_name.as_str(), &file.bytes[..]))
}
