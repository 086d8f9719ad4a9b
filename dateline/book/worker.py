"""What the page's worker calls: the course, set up once for the whole visit."""

from dateline.book.host import Book

work = Book().work
