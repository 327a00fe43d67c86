// Vehicles are found by any part of their mark that was read.
CREATE TEXT INDEX vehicle_part IF NOT EXISTS FOR (n:Vehicle) ON (n.vrm);
