DROP TABLE joining;
DROP TABLE join_request;
DROP TABLE group_point;
DROP TABLE group_response;
