//! The site map: every address, its method, who may call it, and who answers. There is no other
//! way in, and a test walks the table.

use actix_web::dev::ServiceRequest;
use actix_web::guard;
use actix_web::web::{self, ServiceConfig};

pub use super::visitor::Who;
use super::{api, desk, groups, joining, member, site};

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Route {
    pub method: &'static str,
    pub pattern: &'static str,
    pub who: Who,
}

macro_rules! routes {
    ($($method:ident $pattern:literal $who:ident $handler:path;)+) => {
        /// The whole table.
        pub const ROUTES: &[Route] =
            &[$(Route { method: stringify!($method), pattern: $pattern, who: Who::$who }),+];

        /// Hangs every handler on its address. GET answers HEAD too.
        pub fn configure(service: &mut ServiceConfig) {
            $(service.route($pattern, routes!(@guarded $method).to($handler));)+
        }
    };
    (@guarded GET) => { web::route().guard(guard::Any(guard::Get()).or(guard::Head())) };
    (@guarded POST) => { web::post() };
    (@guarded PUT) => { web::put() };
    (@guarded PATCH) => { web::patch() };
    (@guarded DELETE) => { web::delete() };
}

routes! {
    // First, because lines are tried in turn and this one is called most under load.
    POST   "/api/v1/consultations/{slug}/comments"      Member        api::comments::submit;

    GET    "/healthz"                                   Anyone        site::healthz;
    GET    "/readyz"                                    Anyone        site::readyz;
    GET    "/assets/{name}"                             Anyone        site::asset;
    GET    "/"                                          Anyone        member::front::get;
    GET    "/robots.txt"                                Anyone        site::robots::get;
    GET    "/who-sees"                                  Anyone        member::who_sees::get;
    GET    "/lost"                                      Anyone        member::lost::get;
    POST   "/lost"                                      Anyone        member::lost::post;
    GET    "/printed"                                   Anyone        member::printed::get;
    POST   "/printed"                                   Anyone        member::printed::post;
    GET    "/go/{token}"                                Anyone        member::letter::get;
    POST   "/go/{token}"                                Anyone        member::letter::post;
    GET    "/stop/{token}"                              Anyone        member::stop::get;
    POST   "/stop/{token}"                              Anyone        member::stop::post;
    GET    "/c/{slug}"                                  Anyone        member::read::get;
    GET    "/c/{slug}/comment/{place}"                  Member        member::comment::get;
    POST   "/c/{slug}/comment/{place}"                  Member        member::comment::post;
    POST   "/c/{slug}/keep/{place}"                     Member        member::keep::post;
    GET    "/c/{slug}/mine"                             Member        member::mine::get;
    POST   "/c/{slug}/mine"                             Member        member::mine::post;
    GET    "/c/{slug}/mine/changed"                     Member        member::changed::get;
    POST   "/c/{slug}/mine/changed"                     Member        member::changed::post;
    GET    "/c/{slug}/mine/{id}"                        Member        member::change::get;
    POST   "/c/{slug}/mine/{id}"                        Member        member::change::post;
    GET    "/c/{slug}/mine/{id}/withdraw"               Member        member::withdraw::get;
    POST   "/c/{slug}/mine/{id}/withdraw"               Member        member::withdraw::post;
    GET    "/c/{slug}/finish"                           Member        member::finish::get;
    POST   "/c/{slug}/finish"                           Member        member::finish::post;
    GET    "/c/{slug}/questions"                        Member        member::questions::get;
    POST   "/c/{slug}/questions"                        Member        member::questions::post;
    GET    "/c/{slug}/questions/sent"                   Member        member::questions::sent;
    GET    "/c/{slug}/receipt"                          Member        member::receipt::get;
    GET    "/c/{slug}/code"                             Member        member::code::get;
    POST   "/c/{slug}/code"                             Member        member::code::post;
    GET    "/c/{slug}/poster"                           Anyone        member::poster::get;
    GET    "/c/{slug}/picture/{hash}"                   Anyone        member::picture::get;
    GET    "/join/{token}"                              Anyone        joining::confirm::get;
    POST   "/join/{token}"                              Anyone        joining::confirm::post;
    GET    "/c/{slug}/join"                             Anyone        joining::ask::get;
    POST   "/c/{slug}/join"                             Anyone        joining::ask::post;
    GET    "/c/{slug}/joining"                          Member        joining::list::get;
    GET    "/c/{slug}/joining/{id}"                     Member        joining::one::get;
    POST   "/c/{slug}/joining/{id}"                     Member        joining::one::post;
    GET    "/c/{slug}/group"                            Member        groups::own::get;
    GET    "/c/{slug}/group/new"                        Member        groups::meeting::new;
    POST   "/c/{slug}/group/new"                        Member        groups::meeting::add;
    GET    "/c/{slug}/group/slips"                      Member        groups::slips::get;
    POST   "/c/{slug}/group/slips"                      Member        groups::slips::post;
    GET    "/c/{slug}/group/{id}"                       Member        groups::meeting::edit;
    POST   "/c/{slug}/group/{id}"                       Member        groups::meeting::change;
    GET    "/c/{slug}/group/{id}/slip"                  Member        groups::slip::get;
    POST   "/c/{slug}/group/{id}/slip"                  Member        groups::slip::post;
    GET    "/c/{slug}/group/{id}/withdraw"              Member        groups::deed::get;
    POST   "/c/{slug}/group/{id}/withdraw"              Member        groups::deed::post;
    GET    "/c/{slug}/compare"                          Anyone        member::compare::get;
    GET    "/c/{slug}/version/{number}"                 Anyone        member::version::get;
    GET    "/c/{slug}/section/{part}"                   Anyone        member::read::section;
    GET    "/c/{slug}/side-by-side"                     Anyone        member::read::beside;
    GET    "/c/{slug}/side-by-side/{part}"              Anyone        member::read::beside_part;
    GET    "/c/{slug}/{number}"                         Anyone        member::number::get;

    GET    "/staff/{token}"                             Anyone        desk::staff_link::get;
    POST   "/staff/{token}"                             Anyone        desk::staff_link::post;
    GET    "/desk/sign-in"                              Anyone        desk::sign_in::get;
    POST   "/desk/sign-in"                              Anyone        desk::sign_in::post;
    POST   "/desk/sign-out"                             Staff         desk::sign_in::sign_out;
    POST   "/desk/sign-out-everywhere"                  Staff         desk::account::sign_out_everywhere;
    GET    "/desk/account"                              Staff         desk::account::get;
    POST   "/desk/account"                              Staff         desk::account::post;
    GET    "/desk/accounts"                             Admin         desk::accounts::get;
    POST   "/desk/accounts"                             Admin         desk::accounts::post;
    GET    "/desk/accounts/{id}"                        Admin         desk::account_of::get;
    POST   "/desk/accounts/{id}"                        Admin         desk::account_of::post;
    POST   "/desk/accounts/{id}/link"                   Admin         desk::account_of::new_link;
    GET    "/desk/accounts/{id}/disable"                Admin         desk::account_of::ask_disable;
    POST   "/desk/accounts/{id}/disable"                Admin         desk::account_of::disable;
    GET    "/desk/accounts/{id}/enable"                 Admin         desk::account_of::ask_enable;
    POST   "/desk/accounts/{id}/enable"                 Admin         desk::account_of::enable;
    GET    "/desk/tokens"                               Admin         desk::tokens::get;
    POST   "/desk/tokens"                               Admin         desk::tokens::post;
    GET    "/desk/tokens/{id}/revoke"                   Admin         desk::tokens::ask_revoke;
    POST   "/desk/tokens/{id}/revoke"                   Admin         desk::tokens::revoke;
    GET    "/desk"                                      Staff         desk::home::get;
    GET    "/desk/new"                                  Organiser     desk::new::get;
    POST   "/desk/new"                                  Organiser     desk::new::post;
    GET    "/desk/members"                              Organiser     desk::members::get;
    GET    "/desk/members/import"                       Organiser     desk::members_import::get;
    POST   "/desk/members/import"                       Organiser     desk::members_import::post;
    GET    "/desk/members/new"                          Organiser     desk::member::new;
    POST   "/desk/members/new"                          Organiser     desk::member::add;
    GET    "/desk/members/{id}"                         Organiser     desk::member::get;
    POST   "/desk/members/{id}"                         Organiser     desk::member::post;
    GET    "/desk/members/{id}/leave"                   Organiser     desk::member_leave::get;
    POST   "/desk/members/{id}/leave"                   Organiser     desk::member_leave::post;
    POST   "/desk/members/{id}/back"                    Organiser     desk::member_leave::back;
    GET    "/desk/teams"                                Organiser     desk::teams::get;
    GET    "/desk/teams/new"                            Organiser     desk::team::new;
    POST   "/desk/teams/new"                            Organiser     desk::team::add;
    GET    "/desk/teams/{id}"                           Organiser     desk::team::get;
    POST   "/desk/teams/{id}"                           Organiser     desk::team::post;
    GET    "/desk/{slug}/progress"                      Organiser     desk::progress::get;
    GET    "/desk/{slug}/reach"                         Organiser     desk::reach::get;
    GET    "/desk/{slug}/calls"                         Organiser     desk::calls::get;
    GET    "/desk/{slug}/codes"                         Organiser     desk::codes::get;
    POST   "/desk/{slug}/codes"                         Organiser     desk::codes::post;
    GET    "/desk/{slug}/deadline"                      Organiser     desk::deadline::get;
    POST   "/desk/{slug}/deadline"                      Organiser     desk::deadline::post;
    GET    "/desk/{slug}/close"                         Organiser     desk::close::get;
    POST   "/desk/{slug}/close"                         Organiser     desk::close::post;
    GET    "/desk/{slug}/share"                         Organiser     desk::share::get;
    GET    "/desk/{slug}/joining"                       Organiser     joining::list::get;
    GET    "/desk/{slug}/joining/{id}"                  Organiser     joining::one::get;
    POST   "/desk/{slug}/joining/{id}"                  Organiser     joining::one::post;
    GET    "/desk/{slug}/team-pack"                     Organiser     desk::team_pack::get;
    GET    "/desk/{slug}/groups"                        Staff         groups::list::get;
    GET    "/desk/{slug}/groups/new"                    Organiser     groups::meeting::new;
    POST   "/desk/{slug}/groups/new"                    Organiser     groups::meeting::add;
    GET    "/desk/{slug}/groups/slips"                  Organiser     groups::slips::get;
    POST   "/desk/{slug}/groups/slips"                  Organiser     groups::slips::post;
    GET    "/desk/{slug}/groups/{id}"                   Staff         groups::one::get;
    GET    "/desk/{slug}/groups/{id}/edit"              Organiser     groups::meeting::edit;
    POST   "/desk/{slug}/groups/{id}/edit"              Organiser     groups::meeting::change;
    GET    "/desk/{slug}/groups/{id}/slip"              Organiser     groups::slip::get;
    POST   "/desk/{slug}/groups/{id}/slip"              Organiser     groups::slip::post;
    GET    "/desk/{slug}/groups/{id}/withdraw"          Organiser     groups::deed::get;
    POST   "/desk/{slug}/groups/{id}/withdraw"          Organiser     groups::deed::post;
    GET    "/desk/{slug}/groups/{id}/confirm"           Organiser     groups::deed::get;
    POST   "/desk/{slug}/groups/{id}/confirm"           Organiser     groups::deed::post;
    GET    "/desk/{slug}/groups/{id}/decline"           Organiser     groups::deed::get;
    POST   "/desk/{slug}/groups/{id}/decline"           Organiser     groups::deed::post;
    GET    "/desk/{slug}/comments"                      Negotiator    desk::comments::get;
    GET    "/desk/{slug}/file-comments"                 Negotiator    desk::file_comments::get;
    GET    "/desk/{slug}/comments/{id}"                 Negotiator    desk::one_comment::get;
    GET    "/desk/{slug}/counts"                        Negotiator    desk::counts::get;
    GET    "/desk/{slug}/answers"                       Negotiator    desk::answers::get;
    GET    "/desk/{slug}/answers/{id}"                  Negotiator    desk::answers::words;
    GET    "/desk/{slug}/questions"                     Organiser     desk::questions::get;
    GET    "/desk/{slug}/questions/new"                 Organiser     desk::question::new;
    POST   "/desk/{slug}/questions/new"                 Organiser     desk::question::add;
    POST   "/desk/{slug}/questions/preset"              Organiser     desk::questions::preset;
    GET    "/desk/{slug}/questions/preview"             Organiser     desk::questions::preview;
    GET    "/desk/{slug}/questions/{id}"                Organiser     desk::question::get;
    POST   "/desk/{slug}/questions/{id}"                Organiser     desk::question::change;
    POST   "/desk/{slug}/questions/{id}/up"             Organiser     desk::questions::up;
    POST   "/desk/{slug}/questions/{id}/down"           Organiser     desk::questions::down;
    POST   "/desk/{slug}/questions/{id}/remove"         Organiser     desk::questions::remove;
    POST   "/desk/{slug}/export"                        Negotiator    desk::comments::export;
    GET    "/desk/{slug}/check"                         Organiser     desk::check::get;
    POST   "/desk/{slug}/open"                          Organiser     desk::check::open;
    POST   "/desk/{slug}/plan"                          Organiser     desk::check::plan;
    GET    "/desk/{slug}/settings"                      Organiser     desk::settings::get;
    POST   "/desk/{slug}/settings"                      Organiser     desk::settings::post;
    GET    "/desk/{slug}/draft"                         Organiser     desk::draft::get;
    POST   "/desk/{slug}/draft"                         Organiser     desk::draft::post;
    GET    "/desk/{slug}/draft/{id}/compare"            Staff         desk::compare::get;
    GET    "/desk/{slug}/pairs"                         Organiser     desk::pairs::get;
    POST   "/desk/{slug}/pairs"                         Organiser     desk::pairs::post;
    GET    "/desk/{slug}/pairs/new"                     Organiser     desk::pair::new;
    POST   "/desk/{slug}/pairs/new"                     Organiser     desk::pair::add;
    GET    "/desk/{slug}/pairs/{id}"                    Organiser     desk::pair::get;
    POST   "/desk/{slug}/pairs/{id}"                    Organiser     desk::pair::post;
    POST   "/desk/{slug}/draft/use"                     Organiser     desk::draft_preview::store;
    GET    "/desk/{slug}/draft/{id}/edit"               Organiser     desk::editor::get;
    POST   "/desk/{slug}/draft/{id}/edit"               Organiser     desk::editor::post;
    GET    "/desk/{slug}/draft/{id}/discard"            Organiser     desk::editor_discard::get;
    POST   "/desk/{slug}/draft/{id}/discard"            Organiser     desk::editor_discard::post;
    GET    "/desk/{slug}/draft/{id}/{number}"           Organiser     desk::version::get;
    GET    "/desk/{slug}/draft/{id}/{number}/fate"      Organiser     desk::fate::get;
    GET    "/desk/{slug}/draft/{id}/{number}/match"     Organiser     desk::matching::get;
    POST   "/desk/{slug}/draft/{id}/{number}/match"     Organiser     desk::matching::post;
    POST   "/desk/{slug}/draft/{id}/{number}/match/undo" Organiser    desk::matching::undo;
    GET    "/desk/{slug}/draft/{id}/{number}/publish"   Organiser     desk::publish::get;
    POST   "/desk/{slug}/draft/{id}/{number}/publish"   Organiser     desk::publish::post;

    GET    "/desk/{slug}/mailings"                      Organiser     desk::mailings::get;
    POST   "/desk/{slug}/mailings/standard"             Organiser     desk::mailings::standard;
    GET    "/desk/{slug}/mailings/new"                  Organiser     desk::mailings::compose::new;
    POST   "/desk/{slug}/mailings/new"                  Organiser     desk::mailings::compose::plan;
    GET    "/desk/{slug}/mailings/{id}"                 Organiser     desk::mailings::one::get;
    GET    "/desk/{slug}/mailings/{id}/html"            Organiser     desk::mailings::one::html;
    GET    "/desk/{slug}/mailings/{id}/edit"            Organiser     desk::mailings::compose::edit;
    POST   "/desk/{slug}/mailings/{id}/edit"            Organiser     desk::mailings::compose::change;
    POST   "/desk/{slug}/mailings/{id}/test"            Organiser     desk::mailings::turns::test;
    POST   "/desk/{slug}/mailings/{id}/pause"           Organiser     desk::mailings::turns::pause;
    POST   "/desk/{slug}/mailings/{id}/resume"          Organiser     desk::mailings::turns::resume;
    POST   "/desk/{slug}/mailings/{id}/again"           Organiser     desk::mailings::turns::again;
    GET    "/desk/{slug}/mailings/{id}/send"            Organiser     desk::mailings::check::send;
    POST   "/desk/{slug}/mailings/{id}/send"            Organiser     desk::mailings::check::send_now;
    GET    "/desk/{slug}/mailings/{id}/cancel"          Organiser     desk::mailings::check::cancel;
    POST   "/desk/{slug}/mailings/{id}/cancel"          Organiser     desk::mailings::check::cancel_now;

    GET    "/mailbox"                                   Anyone        site::mailbox::list;
    GET    "/mailbox/{id}"                              Anyone        site::mailbox::one;
    GET    "/mailbox/{id}/html"                         Anyone        site::mailbox::html;

    GET    "/api/v1/openapi.json"                       Anyone        api::openapi::get;
    GET    "/api/v1/teams"                              Organiser     api::teams::list;
    POST   "/api/v1/teams"                              Organiser     api::teams::make;
    PATCH  "/api/v1/teams/{id}"                         Organiser     api::teams::change;
    POST   "/api/v1/members/import"                     Organiser     api::members::import;
    GET    "/api/v1/members"                            Organiser     api::members::list;
    DELETE "/api/v1/members/{id}"                       Organiser     api::members::leave;
    GET    "/api/v1/consultations"                      Staff         api::consultations::list;
    POST   "/api/v1/consultations"                      Organiser     api::consultations::make;
    GET    "/api/v1/consultations/{slug}"               Staff         api::consultations::get;
    PATCH  "/api/v1/consultations/{slug}"               Organiser     api::consultations::change;
    POST   "/api/v1/consultations/{slug}/open"          Organiser     api::consultations::open;
    POST   "/api/v1/consultations/{slug}/close"         Organiser     api::consultations::close;
    POST   "/api/v1/consultations/{slug}/deadline"      Organiser     api::consultations::deadline;
    GET    "/api/v1/consultations/{slug}/printed-codes" Organiser     api::consultations::printed_codes;
    GET    "/api/v1/consultations/{slug}/progress"      Organiser     api::consultations::progress;
    GET    "/api/v1/consultations/{slug}/delivery"      Organiser     api::mailings::delivery;
    GET    "/api/v1/consultations/{slug}/documents"     MemberOrStaff api::documents::list;
    POST   "/api/v1/consultations/{slug}/documents"     Organiser     api::documents::make;
    POST   "/api/v1/consultations/{slug}/documents/{id}/versions" Organiser api::documents::import;
    POST   "/api/v1/consultations/{slug}/documents/{id}/versions/{number}/publish" Organiser api::documents::publish;
    GET    "/api/v1/consultations/{slug}/documents/{id}/versions/{number}" MemberOrStaff api::documents::version;
    GET    "/api/v1/consultations/{slug}/documents/{id}/versions/{number}/changes" MemberOrStaff api::documents::changes;
    GET    "/api/v1/consultations/{slug}/pairs"         MemberOrStaff api::documents::pairs;
    PUT    "/api/v1/consultations/{slug}/pairs"         Organiser     api::documents::replace_pairs;
    GET    "/api/v1/consultations/{slug}/mailings"      Organiser     api::mailings::list;
    POST   "/api/v1/consultations/{slug}/mailings"      Organiser     api::mailings::plan;
    GET    "/api/v1/consultations/{slug}/mailings/{id}" Organiser     api::mailings::get;
    PATCH  "/api/v1/consultations/{slug}/mailings/{id}" Organiser     api::mailings::change;
    POST   "/api/v1/consultations/{slug}/mailings/{id}/pause"  Organiser api::mailings::pause;
    POST   "/api/v1/consultations/{slug}/mailings/{id}/resume" Organiser api::mailings::resume;
    POST   "/api/v1/consultations/{slug}/mailings/{id}/cancel" Organiser api::mailings::cancel;
    POST   "/api/v1/consultations/{slug}/mailings/{id}/send-uncertain" Organiser api::mailings::send_uncertain;
    POST   "/api/v1/session"                            Anyone        api::session::start;
    POST   "/api/v1/session/code"                       Anyone        api::session::code;
    GET    "/api/v1/me"                                 Member        api::me::get;
    PATCH  "/api/v1/consultations/{slug}/comments/{id}" Member        api::comments::change;
    DELETE "/api/v1/consultations/{slug}/comments/{id}" Member        api::comments::withdraw;
    POST   "/api/v1/consultations/{slug}/answers"       Member        api::answers::submit;
    GET    "/api/v1/consultations/{slug}/answers"       Negotiator    api::answers::counts;
    GET    "/api/v1/consultations/{slug}/answers/words" Negotiator    api::answers::words;
    POST   "/api/v1/consultations/{slug}/finish"        Member        api::comments::finish;
    GET    "/api/v1/consultations/{slug}/comments"      Negotiator    api::comments::list;
    POST   "/api/v1/consultations/{slug}/group-responses" MemberOrOrganiser api::group_responses::record;
    GET    "/api/v1/consultations/{slug}/group-responses" Negotiator api::group_responses::list;
    GET    "/api/v1/consultations/{slug}/tallies"       Negotiator    api::tallies::list;
    GET    "/api/v1/consultations/{slug}/releases"      Negotiator    api::releases::list;
    POST   "/api/v1/consultations/{slug}/releases"      Negotiator    api::releases::make;
    GET    "/api/v1/consultations/{slug}/releases/{number}/export" Negotiator api::releases::export;
}

/// The line of the table that a request falls on; the first that fits, as when serving.
#[must_use]
pub fn find(request: &ServiceRequest) -> Option<&'static Route> {
    let method = if request.method() == "HEAD" { "GET" } else { request.method().as_str() };
    ROUTES.iter().find(|route| route.method == method && fits(route.pattern, request.path()))
}

/// Whether an address exists, but for another method.
#[must_use]
pub fn takes_other_method(path: &str) -> bool {
    ROUTES.iter().any(|route| fits(route.pattern, path))
}

/// Part by part, a name in braces standing for any part that is not empty: what actix does by
/// regular expressions, which would cost more here than storing a comment's row. A path with a
/// percent sign fits nothing: no address of ours has one, and actix would decode `%6Dine` to `mine`
/// after the guard had taken it for something else.
fn fits(pattern: &str, path: &str) -> bool {
    if path.contains('%') {
        return false;
    }
    let mut parts = path.split('/');
    pattern.split('/').all(|wanted| {
        parts.next().is_some_and(|part| if wanted.starts_with('{') { !part.is_empty() } else { wanted == part })
    }) && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use actix_web::dev::ResourceDef;

    use super::{ROUTES, fits};

    #[test]
    fn an_address_in_disguise_is_nobodys() {
        assert!(ROUTES.iter().all(|route| !fits(route.pattern, "/c/x/%6Dine")));
    }

    #[test]
    fn paths_fit_as_actix_sees_them() {
        let mut paths: Vec<String> = ROUTES.iter().map(|route| route.pattern.replace(['{', '}'], "")).collect();
        paths.extend(["", "/", "//", "/c", "/c/", "/c//", "/c/x/", "/api/v1/teams/", "/go/a/b"].map(str::to_owned));
        for route in ROUTES {
            let actix = ResourceDef::new(route.pattern);
            for path in &paths {
                assert_eq!(fits(route.pattern, path), actix.is_match(path), "{} {path:?}", route.pattern);
            }
        }
    }
}
