//! What an account or a token may do.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Problem;

crate::values! {
    /// One job that staff hold.
    Role {
        Organiser = "organiser",
        Negotiator = "negotiator",
        Admin = "admin",
    }
}

/// The roles of one account; never empty when it comes from [`Roles::parse`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(BTreeSet<Role>);

impl Roles {
    /// Role names joined by commas, in any order and case: `organiser,negotiator`.
    ///
    /// # Errors
    /// No name at all, or one that is no role.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let roles = text
            .split(',')
            .map(|name| Role::from_value(&name.trim().to_lowercase()))
            .collect::<Option<BTreeSet<_>>>()
            .ok_or_else(|| Problem::new("role", "no-role", "Choose among organiser, negotiator and admin."))?;
        Ok(Self(roles))
    }

    /// Whether the holder may do what `role` may. An administrator may do what an organiser may,
    /// and never reads comments unless she is a negotiator too.
    #[must_use]
    pub fn may(&self, role: Role) -> bool {
        self.0.contains(&role) || (role == Role::Organiser && self.0.contains(&Role::Admin))
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = Role> {
        self.0.iter().copied()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().collect())
    }
}

/// As [`Roles::parse`] reads it and the database holds it.
impl fmt::Display for Roles {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, role) in self.0.iter().enumerate() {
            if place > 0 {
                out.write_str(",")?;
            }
            out.write_str(role.as_str())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_read_back_as_they_are_written() {
        let roles = Roles::parse("Negotiator, organiser").unwrap();
        assert_eq!(roles.to_string(), "organiser,negotiator");
        assert_eq!(Roles::parse(&roles.to_string()).unwrap(), roles);
        assert!(Roles::parse("").is_err());
        assert!(Roles::parse("organiser,chief").is_err());
    }

    #[test]
    fn an_administrator_organises_and_never_reads_comments() {
        let admin = Roles::from_iter([Role::Admin]);
        assert!(admin.may(Role::Organiser) && admin.may(Role::Admin));
        assert!(!admin.may(Role::Negotiator));
        assert!(!Roles::from_iter([Role::Organiser]).may(Role::Admin));
    }
}
