//! A browser at the staff's desks.

use super::{Colleague, Server, Visitor};

impl Visitor {
    /// A new colleague with this role alone, signed in.
    pub async fn at_the_desk(server: &Server, role: &str) -> Self {
        Colleague::joins(server, &format!("desk {role}"), &[role]).await.visitor
    }
}
