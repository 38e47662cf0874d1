"""Product files of exhibitors: from the cells of a spreadsheet to products and back. Everything here is pure;
``catalog/domain/imports.py`` does with it what is to be done."""
