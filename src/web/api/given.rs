//! Members of a JSON body that are given, absent, or null.

use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer, value::SeqAccessDeserializer};
use serde::{Deserialize, Deserializer};

use crate::consultations;
use crate::ids::Id;

/// Absent stays as it is; null is a mistake.
///
/// # Errors
/// As `T`.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// Absent stays as it is; null takes away.
///
/// # Errors
/// As `T`.
pub fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// `"all"`, or the ids of some teams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Teams {
    All,
    Some(Vec<Id>),
}

/// A name alone, or an object with name, phone and mail address.
#[derive(Debug, Clone)]
pub struct Contact(pub consultations::Contact);

impl From<Teams> for consultations::Teams {
    fn from(teams: Teams) -> Self {
        match teams {
            Teams::All => Self::All,
            Teams::Some(teams) => Self::Some(teams),
        }
    }
}

impl serde::Serialize for Teams {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => out.serialize_str("all"),
            Self::Some(teams) => teams.serialize(out),
        }
    }
}

impl<'de> Deserialize<'de> for Teams {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Teams;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("\"all\" or a list of team ids")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<Teams, E> {
                if word == "all" {
                    Ok(Teams::All)
                } else {
                    Err(E::invalid_value(serde::de::Unexpected::Str(word), &self))
                }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Teams, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(Teams::Some)
            }
        }
        from.deserialize_any(Reading)
    }
}

impl<'de> Deserialize<'de> for Contact {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Default, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Written {
            #[serde(default)]
            name: String,
            phone: Option<String>,
            email: Option<String>,
        }
        struct Reading;
        impl<'de> Visitor<'de> for Reading {
            type Value = Written;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a name, or an object with name, phone and email")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Written, E> {
                Ok(Written { name: name.to_owned(), ..Written::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Written, A::Error> {
                Written::deserialize(MapAccessDeserializer::new(members))
            }
        }
        let Written { name, phone, email } = from.deserialize_any(Reading)?;
        let (phone, email) = (phone.unwrap_or_default(), email.unwrap_or_default());
        Ok(Self(consultations::Contact { name, phone, email }))
    }
}
