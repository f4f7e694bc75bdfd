<?php

echo 'shop';
