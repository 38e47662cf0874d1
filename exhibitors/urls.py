from django.urls import path

from exhibitors import views
from exhibitors import views_accounts as accounts
from exhibitors import views_asking as asking
from exhibitors import views_certificates as certificates
from exhibitors import views_people as people
from exhibitors import views_registration as registration
from exhibitors import views_uploads as uploads

app_name = "exhibitors"
urlpatterns = [
    path("dasbor/", views.dashboard, name="dashboard"),
    path("daftar/", registration.register, name="register"),
    path("dasbor/pendaftaran/", registration.registration, name="registration"),
    path("dasbor/pendaftaran/kirim/", registration.submission, name="submission"),
    path("dasbor/pendaftaran/langkah/<slug:name>/", registration.step, name="step"),
    path("dasbor/pendaftaran/usulan/penarikan/", registration.proposal_withdrawal, name="proposal-withdrawal"),
    path("dasbor/pendaftaran/usulan/pengajuan/", registration.proposal_submission, name="proposal-submission"),
    path("dasbor/pendaftaran/whatsapp/", asking.phone_confirmation, name="phone-confirmation"),
    path("dasbor/pendaftaran/keikutsertaan/", asking.participation, name="participation"),
    path("dasbor/pindah/", views.switch, name="switch"),
    path("dasbor/unggahan/", uploads.uploads, name="uploads"),
    path("dasbor/unggahan/<str:token>/", uploads.upload, name="upload"),
    path("dasbor/sertifikat/", certificates.certificates, name="certificates"),
    path("dasbor/sertifikat/baru/", certificates.new_certificate, name="new-certificate"),
    path("dasbor/sertifikat/<int:pk>/", certificates.certificate, name="certificate"),
    path("dasbor/sertifikat/<int:pk>/pembaruan/", certificates.certificate_renewal, name="certificate-renewal"),
    path("dasbor/sertifikat/<int:pk>/berkas/", certificates.document, name="certificate-document"),
    path("dasbor/sertifikat/<int:pk>/penghapusan/", certificates.certificate_removal, name="certificate-removal"),
    path("dasbor/pengelola/", people.people, name="people"),
    path("dasbor/pengelola/keluar/", people.leaving, name="leaving"),
    path("dasbor/pengelola/<int:pk>/peran/", people.member_role, name="member-role"),
    path("dasbor/pengelola/<int:pk>/penghapusan/", people.member_removal, name="member-removal"),
    path("dasbor/undangan/<int:pk>/kiriman/", people.invitation_resending, name="invitation-resending"),
    path("dasbor/undangan/<int:pk>/pembatalan/", people.invitation_revocation, name="invitation-revocation"),
    path("undangan/<str:token>/", people.invitation, name="invitation"),
    path("dasbor/lainnya/", views.more, name="more"),
    path("dasbor/profil/", views.profile, name="profile"),
    path("dasbor/profil/rekening/", accounts.edit_bank_account, name="edit-bank-account"),
    path("dasbor/profil/rekening/pembatalan/", accounts.account_stop, name="account-stop"),
    path("rekening/konfirmasi/<str:token>/", accounts.account_confirmation, name="account-confirmation"),
]
