"""The page store: public pages kept as compressed bytes, answered before Django is asked.

``declare``      what a view says of itself (``@public_page``)
``page``         one stored page: its bytes in each encoding and the headers that go with them
``disk``         stored pages in the data folder, by build and revision
``revision_watch``  which revision readers see, and when they are switched to the next
``application``  the WSGI application in front of Django
``files``        static and uploaded files
"""
