//! What a desk's form holds, by the names of its fields.

/// Every field as typed; a box that was not ticked is not among them.
#[derive(Debug, Clone, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The field as typed; empty when the form did not send it.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, typed)| typed.as_str())
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
