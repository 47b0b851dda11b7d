"""The pack on paper: one PDF per locale, through one door to WeasyPrint."""
