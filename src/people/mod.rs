use crate::{
    ids::Id,
    store::{Fault, Tx},
};
pub struct Team {
    pub id: Id,
    pub parent_id: Option<Id>,
    pub name: String,
}
pub fn list(_: &mut Tx) -> Result<Vec<Team>, Fault> {
    Ok(vec![])
}
pub fn invitable(_: &mut Tx, _: Option<&[Id]>) -> Result<Vec<(Id, Vec<Id>)>, Fault> {
    Ok(vec![])
}
