from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_fill_the_desk'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='story',
            name='internal_note',
        ),
        migrations.AddConstraint(
            model_name='subsection',
            constraint=models.UniqueConstraint(fields=('story', 'key'), name='one_subsection_per_key'),
        ),
        migrations.AddConstraint(
            model_name='subsection',
            constraint=models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='subsection_has_a_key'),
        ),
    ]
