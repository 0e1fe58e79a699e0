## Bringing in a text: the preview, and comments from its file

import-title = Look over { $title }
import-look = Look the text over
import-other = All versions
import-from = From the file “{ $name }”.
import-not-stored = Nothing is stored yet. Below is the text as members will read it, with its numbers.
import-found-heading = { $count ->
    [one] 1 heading
   *[other] { $count } headings
}
import-found-paragraph = { $count ->
    [one] 1 paragraph
   *[other] { $count } paragraphs
}
import-found-item = { $count ->
    [one] 1 list item
   *[other] { $count } list items
}
import-found-table = { $count ->
    [one] 1 table
   *[other] { $count } tables
}
import-found-figure = { $count ->
    [one] 1 picture or figure
   *[other] { $count } pictures or figures
}
import-dropped = { $count ->
    [one] 1 thing is left out
   *[other] { $count } things are left out
}
import-dropped-what = What
import-dropped-where = Where
import-nothing-dropped = Nothing is left out.
import-comments = { $count ->
    [one] 1 comment stands in the file
   *[other] { $count } comments stand in the file
}
import-comments-lead = Negotiators can see them beside the text, marked “from the file”. They are never counted as members’ comments. The names of their writers are not kept.
import-comments-take = { $count ->
    [one] Take the comment along
   *[other] Take the { $count } comments along
}
import-comments-read = Read them
import-use = Use this text
import-choose-other = Choose another file
import-kept = The file is kept for two hours, encrypted, so that you can use it. Then it is deleted.
import-text = The text as it would stand
import-kept-here = From the file “{ $name }”. Choose another file or paste a text to replace it.
import-from-file = { $count ->
    [one] 1 comment from the file
   *[other] { $count } comments from the files
}
import-from-file-lead = They stood in the text when it was brought in. Nobody’s name was kept, and they are in no count and no export.
import-from-file-one = From the file, version { $version }
