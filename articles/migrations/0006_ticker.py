from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_keys_of_subsections'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='digest',
            name='digest_to_send',
        ),
        migrations.RemoveIndex(
            model_name='notification',
            name='notification_to_mail',
        ),
        migrations.AddField(
            model_name='boundaryeffect',
            name='given_up',
            field=models.BooleanField(default=False, verbose_name='given up'),
        ),
        migrations.AddField(
            model_name='digest',
            name='given_up',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='digest',
            name='try_after',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(condition=models.Q(('given_up', False), ('sent_at', None)), fields=['made_at'], name='digest_unsent'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('digest', None), ('seen_at', None)), fields=['at'], name='notification_unseen'),
        ),
    ]
