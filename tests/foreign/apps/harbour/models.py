from django.db import models


class Boat(models.Model):
    KINDS = {'kayak': 'Kayak', 'rowing': 'Rowing boat', 'sail': 'Sailing boat'}
    name = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10, choices=KINDS)
    length = models.DecimalField('Length in metres', max_digits=4, decimal_places=1)
    last_check = models.DateField(null=True, blank=True)
    is_ready = models.BooleanField('Ready to sail', default=True)
    notes = models.TextField(blank=True)

    def __str__(self):
        return self.name


class Guest(models.Model):
    name = models.CharField(max_length=40)
    email = models.EmailField('E-mail address', blank=True)
    favourites = models.ManyToManyField(Boat, blank=True)
    arrives = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.name
