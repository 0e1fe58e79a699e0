DROP TABLE brought_file;
DROP TABLE file_comment;
DROP TABLE version_picture;
DROP TABLE picture;
