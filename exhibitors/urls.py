app_name = "exhibitors"
urlpatterns = []
