from django.urls import path

from exhibitors import views
from exhibitors import views_certificates as certificates

app_name = "exhibitors"
urlpatterns = [
    path("dasbor/", views.dashboard, name="dashboard"),
    path("dasbor/daftar/", views.register, name="register"),
    path("dasbor/pindah/", views.switch, name="switch"),
    path("dasbor/sertifikat/", certificates.certificates, name="certificates"),
    path("dasbor/sertifikat/baru/", certificates.new_certificate, name="new-certificate"),
    path("dasbor/sertifikat/<int:pk>/", certificates.certificate, name="certificate"),
    path("dasbor/sertifikat/<int:pk>/berkas/", certificates.document, name="certificate-document"),
    path("dasbor/sertifikat/<int:pk>/penghapusan/", certificates.certificate_removal, name="certificate-removal"),
    path("dasbor/lainnya/", views.more, name="more"),
    path("dasbor/profil/", views.profile, name="profile"),
    path("dasbor/profil/data/", views.edit_profile, name="edit-profile"),
    path("dasbor/profil/rekening/", views.edit_bank_account, name="edit-bank-account"),
    path("dasbor/profil/pengajuan/", views.submission, name="submission"),
]
