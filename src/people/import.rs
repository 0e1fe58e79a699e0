//! The member list that comes as a file.
